namespace MetaSpine;

/// <summary>What tests of small-study effects read of a pooled result: estimates, variances, sizes and counts of the studies in the model.</summary>
internal sealed class FunnelData
{
    public FunnelData(PooledResult result)
    {
        Result = result;
        Y = [.. result.Studies.Select(study => study.Effect.Estimate)];
        V = [.. result.Studies.Select(study => study.Effect.Variance)];
        Se = Array.ConvertAll(V, Math.Sqrt);
    }

    public PooledResult Result { get; }

    public int K => Y.Length;

    public double[] Y { get; }

    public double[] V { get; }

    public double[] Se { get; }

    /// <summary>The weights 1/v.</summary>
    public double[] Precisions => Array.ConvertAll(V, v => 1 / v);

    /// <summary>The numbers of participants.</summary>
    /// <exception cref="PoolingException">One is unknown.</exception>
    public double[] Sizes() => Known(study => study.Effect.Size, "the number of participants of each study", "ni, or n1i and n2i");

    /// <summary>The sizes of the two groups.</summary>
    /// <exception cref="PoolingException">One is unknown.</exception>
    public (double N1, double N2)[] Groups()
    {
        var data = Result.Effects.Data;
        var sizes = Result.Effects.Measure.Family == TwoByTwo.Family
            ? Array.ConvertAll(Tables(), table => (table.N1, table.N2))
            : [.. Result.Studies.Select(study => (data.Value("n1i", study.Row), data.Value("n2i", study.Row)))];
        var row = 0;
        Known(_ => sizes[row++] is var (n1, n2) ? n1 * n2 : double.NaN, "the sizes of both groups", "n1i and n2i");
        return sizes;
    }

    /// <summary>The two-by-two tables, without continuity correction.</summary>
    /// <exception cref="PoolingException">The measure does not come from such tables.</exception>
    public TwoByTwo[] Tables()
    {
        if (Result.Effects.Measure.Family != TwoByTwo.Family)
        {
            throw new PoolingException($"This test works on two-by-two tables (ai, n1i, ci, n2i), but {Result.Effects.Measure.Code} was computed from other numbers; {SmallStudyTests.AdviceFor(Result.Effects.Measure)}");
        }

        var reader = new RowReader(Result.Effects.Data);
        return [.. Result.Studies.Select(study =>
        {
            reader.MoveTo(study.Row);
            return TwoByTwo.Read(reader);
        })];
    }

    /// <summary>The numbers of events: given, or those of the tables; none counts as 1 (Debray et al. 2018, doi:10.1002/jrsm.1266).</summary>
    /// <exception cref="PoolingException">They are not known.</exception>
    public double[] Events(IReadOnlyList<double>? given)
    {
        if (given is not null && given.Count != Result.Effects.Count)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"There are {given.Count} numbers of events, but {Result.Effects.Count} effect sizes: give one for each, in the same order."));
        }

        var tables = given is null && Result.Effects.Measure.Family == TwoByTwo.Family ? Tables() : null;
        var row = 0;
        return Array.ConvertAll(
            Known(study => given?[study.Row] ?? (tables?[row++] is { } table ? table.A + table.C : double.NaN), "the number of events of each study", "the argument 'events'"),
            events => Math.Max(1, events));
    }

    /// <summary>Values above 0 of every study.</summary>
    private double[] Known(Func<PooledStudy, double> value, string what, string how)
    {
        var values = new double[K];
        var unknown = new List<string>();
        for (var i = 0; i < K; i++)
        {
            values[i] = value(Result.Studies[i]);
            if (!(values[i] >= 0 && double.IsFinite(values[i])))
            {
                unknown.Add(Result.Studies[i].Effect.Label);
            }
        }

        return unknown.Count == 0
            ? values
            : throw new PoolingException($"This test needs {what} ({how}); it is unknown for {string.Join(", ", unknown)}. Give it, leave these studies out, or choose a test that does without (EGGER, BEGG).");
    }
}
