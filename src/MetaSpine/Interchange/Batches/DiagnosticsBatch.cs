using System.Buffers;
using System.Text.Json;

namespace MetaSpine;

/// <summary>
/// Requests of kind <c>diagnostics</c>: estimates <c>yi</c> with variances <c>vi</c>, pooled by <c>method</c> (REML unless given) and <c>test</c> (z), and the names of what
/// is wanted of them. A name that ends in a method (<c>cumul_DL</c>) is pooled by that.
/// </summary>
internal static class DiagnosticsBatch
{
    private delegate void Diagnostic(Utf8JsonWriter answer, PooledResult result);

    /// <summary>Thousands of fits, and so by DerSimonian and Laird unless another method is named; the reference files have it so too.</summary>
    private const string Permutation = "permutest_exact";

    /// <summary>What is served. A name that ends in an underscore takes a method behind it.</summary>
    private static readonly (string Name, Diagnostic Write)[] Known =
    [
        ("influence", (answer, result) => DiagnosticAnswers.Influence(answer, result.Influence())),
        ("influential", (answer, result) => DiagnosticAnswers.Influential(answer, result.Influence())),
        ("rstandard", (answer, result) => DiagnosticAnswers.Standardised(answer, result.Influence())),
        ("rstudent", (answer, result) => DiagnosticAnswers.Studentised(answer, result.Influence())),
        ("leave1out", (answer, result) => DiagnosticAnswers.Subsets(answer, result.LeaveOneOut().Subsets)),
        ("cumul_", (answer, result) => DiagnosticAnswers.Subsets(answer, result.Cumulative().Steps)),
        ("blup", (answer, result) => DiagnosticAnswers.Predictions(answer, result.Blups())),
        ("gosh_", (answer, result) => DiagnosticAnswers.Subsets(answer, result.Gosh())),
        ("hc", (answer, result) => DiagnosticAnswers.HenmiCopas(answer, result.HenmiCopasInterval())),
        ("regtest", SmallStudyAnswers.Regressions),
        ("ranktest", SmallStudyAnswers.RankTest),
        ("trimfill", SmallStudyAnswers.TrimAndFill),
        ("fsn", SmallStudyAnswers.FailSafe),
        ("tes", SmallStudyAnswers.ExcessSignificance),
        ("selmodel", SelectionAnswers.Models),
        (Permutation, (answer, result) => DiagnosticAnswers.Permutation(answer, result.Permute(new PermutationOptions { ExactLimit = MostArrangements }))),
    ];

    /// <summary>An exact test goes over all of these at most: the sign changes of 20 studies, some seconds.</summary>
    private const long MostArrangements = 1 << 20;

    public static void Answer(RequestPart request, Utf8JsonWriter answer)
    {
        var data = BatchRequest.WithColumn(BatchRequest.WithColumn(new EffectData(), "yi", request["yi"]), "vi", request["vi"]);
        var effects = BatchRequest.Effects(Measures.GEN, data, EffectSizeOptions.Default);
        var method = BatchRequest.Named<PoolingMethod?>(request.Optional("method"), "unknown-method", code => MethodNames.Method(code), null);
        var options = new PoolingOptions
        {
            Test = BatchRequest.Named(request.Optional("test"), "unknown-test", MethodNames.Test, PoolingTest.Z),
            Level = BatchRequest.Level(request.Optional("level")),
        };
        var names = request["diagnostics"].Items();
        var texts = Array.ConvertAll(names, name => name.Text());
        BatchRequest.WriteEffects(answer, effects);
        answer.WriteStartObject("diagnostics");
        for (var i = 0; i < names.Length; i++)
        {
            if (Array.IndexOf(texts, texts[i]) < i)
            {
                continue;
            }

            answer.WritePropertyName(texts[i]);
            var usual = texts[i] == Permutation ? PoolingMethod.DL : PoolingMethod.REML;
            Answer(answer, texts[i], names[i], effects, options with { Method = method ?? usual });
        }

        answer.WriteEndObject();
    }

    /// <summary>A diagnostic that fails is answered by its error and leaves the others alone.</summary>
    private static void Answer(Utf8JsonWriter answer, string name, RequestPart part, EffectSizes effects, PoolingOptions options)
    {
        try
        {
            // Whole or not at all: what fails halfway leaves nothing of itself in the answer.
            var content = new ArrayBufferWriter<byte>();
            using (var writer = new Utf8JsonWriter(content, JsonText.Compact))
            {
                BatchRequest.Fitted(part, _ => Run(writer, name, part, effects, options));
            }

            answer.WriteRawValue(content.WrittenSpan, skipInputValidation: true);
        }
        catch (BatchException error)
        {
            answer.WriteStartObject();
            Batch.WriteError(answer, error);
            answer.WriteEndObject();
        }
    }

    private static bool Run(Utf8JsonWriter writer, string name, RequestPart part, EffectSizes effects, PoolingOptions options)
    {
        var (known, write) = Known.FirstOrDefault(each => each.Name.EndsWith('_') ? name.StartsWith(each.Name, StringComparison.Ordinal) : each.Name == name);
        if (write is null)
        {
            throw new BatchException(
                "unknown-diagnostic", $"there is no diagnostic '{name}'; there are {string.Join(", ", Known.Select(each => each.Name.EndsWith('_') ? each.Name + "METHOD" : each.Name))}", part.Path);
        }

        if (known.EndsWith('_'))
        {
            try
            {
                options = options with { Method = MethodNames.Method(name[known.Length..]) };
            }
            catch (ArgumentException error)
            {
                throw new BatchException("unknown-method", Wording.Sentence(error), part.Path);
            }
        }

        write(writer, MetaAnalysis.Pool(effects, options));
        return true;
    }
}
