using System.Text.Json;

namespace MetaSpine;

/// <summary>
/// Requests of kind <c>mantel-haenszel</c>: counts of two groups, and fits that each name a method (MH, Peto) and a measure. The
/// studies' own estimates, of another measure for each fit, are not answered unless the request names one.
/// </summary>
internal static class StratifiedBatch
{
    public static void Answer(RequestPart request, Utf8JsonWriter answer)
    {
        var effects = request.Optional("measure") is null ? null : BatchRequest.Effects(request);
        _ = request["data"].Members().Count();
        BatchRequest.WriteEffects(answer, effects);
        BatchRequest.WriteFits(request, answer, ["method", "measure", "correct", "level"], fit => Fit(request, fit), Write);
    }

    private static StratifiedResult Fit(RequestPart request, RequestPart fit)
    {
        var isPeto = BatchRequest.Named(fit.Optional("method"), "unknown-method", IsPeto, absent: false);
        var named = fit.Optional("measure") ?? request.Optional("measure");
        var measure = isPeto && named is null ? Measures.OR : BatchRequest.Measure(named ?? fit["measure"]);
        var usual = StratifiedOptions.Default;
        var options = usual with
        {
            Level = BatchRequest.Level(fit.Optional("level")),
            Correct = fit.Optional("correct")?.Flag() ?? usual.Correct,
            EffectSizes = BatchRequest.Options(request, measure, usual.EffectSizes),
        };
        var data = BatchRequest.Data(request, measure);
        return !isPeto ? MantelHaenszel.Pool(measure, data, options)
            : measure == Measures.OR || measure == Measures.PETO ? PetoMethod.Pool(data, options)
            : throw new BatchException("bad-option", $"Peto's method estimates an odds ratio (OR), not {measure.Code}", fit.Path);
    }

    private static bool IsPeto(string method) => method.ToUpperInvariant() switch
    {
        "MH" => false,
        "PETO" => true,
        _ => throw new ArgumentException($"there is no method '{method}'; there are MH and Peto"),
    };

    private static void Write(Utf8JsonWriter writer, StratifiedResult result)
    {
        writer.WriteNumber("k", result.StudyCount);
        writer.WriteFinite("beta", result.Estimate);
        writer.WriteFinite("se", result.StandardError);
        writer.WriteFinite("stat", result.Statistic);
        writer.WriteFinite("pval", result.PValue);
        writer.WriteFinite("ci_lb", result.Interval.Lower);
        writer.WriteFinite("ci_ub", result.Interval.Upper);
        writer.WriteFinite("QE", result.Q.Statistic);
        writer.WriteFinite("QEp", result.Q.PValue);
        writer.WriteFinite("I2", result.I2);
        FitAnswer.WriteKnown(writer, "H2", result.H2);
        WriteTest(writer, "MH", result.CochranMantelHaenszel);
        WriteTest(writer, "BD", result.BreslowDay);
        WriteTest(writer, "TA", result.Tarone);
    }

    private static void WriteTest(Utf8JsonWriter writer, string name, ChiSquaredTest? test)
    {
        FitAnswer.WriteKnown(writer, name, test?.Statistic);
        FitAnswer.WriteKnown(writer, $"{name}p", test?.PValue);
    }
}
