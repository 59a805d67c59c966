namespace MetaSpine.Tests;

/// <summary>Studies to pool or to regress.</summary>
/// <param name="Y">Estimates.</param>
/// <param name="V">Sampling variances.</param>
/// <param name="X">The design matrix by rows; null for pooling.</param>
/// <param name="Given">Weights that have nothing to do with the variances.</param>
internal sealed record PoolingProblem(double[] Y, double[] V, double[][]? X, double[] Given)
{
    /// <summary>The kinds of problem, ordinary and ugly; each problem follows from the random numbers it is given.</summary>
    private static readonly Dictionary<string, Func<Random, PoolingProblem>> Makers = new()
    {
        ["ordinary"] = random => Problem(random, random.Next(3, 13)),
        ["variances over 12 orders"] = random => Problem(random, random.Next(3, 9), 6),
        ["near ties"] = NearTies,
        ["all equal"] = random => Problem(random, random.Next(2, 9), 3).With((some, _) => some.Y[0]),
        ["at tau2 = 0"] = AtZero,
        ["fewest studies"] = Fewest,
        ["a tiny scale"] = random => Scaled(Problem(random, random.Next(3, 9)), 1e-20),
        ["a huge scale"] = random => Scaled(Problem(random, random.Next(3, 9)), 1e20),
        ["one study outweighs all"] = Dominated,
        ["nearly collinear"] = NearlyCollinear,
        ["far from 0"] = random => Problem(random, random.Next(3, 9)).With((_, y) => 1e6 + y),
        [ManyStudies] = random => Problem(random, Count > Ordinary ? 200 : 50),
    };

    private const string ManyStudies = "many studies";

    /// <summary>The problems of each kind in the ordinary run.</summary>
    private const int Ordinary = 30;

    public static TheoryData<string> Kinds => [.. Makers.Keys];

    /// <summary>The problems of each kind: a number for the ordinary run, or what the environment variable METASPINE_DIFFERENTIAL says.</summary>
    public static int Count { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("METASPINE_DIFFERENTIAL"), System.Globalization.CultureInfo.InvariantCulture, out var count) ? count : Ordinary;

    /// <summary>The problems of a kind, from one seed, each with its name.</summary>
    /// <param name="kind">One of <see cref="Kinds"/>.</param>
    /// <param name="share">For costly comparisons only one problem in so many.</param>
    public static IEnumerable<(string Name, PoolingProblem Problem)> Of(string kind, int share = 1)
    {
        // A dense fit costs k^2.
        var count = Math.Max(1, Count / share / (kind == ManyStudies ? 100 : 1));
        for (var i = 0; i < count; i++)
        {
            var problem = Makers[kind](new Random(1_000_003 * Array.IndexOf([.. Makers.Keys], kind) + i));
            yield return ($"{kind} {i}", problem);
        }
    }

    public EffectSizes Effects => Measures.GEN.Compute(new EffectData { ["yi"] = Y, ["vi"] = V });

    /// <summary>Pools or regresses.</summary>
    public ModelResult Fit(PoolingOptions options) => X is null
        ? MetaAnalysis.Pool(Effects, options)
        : MetaAnalysis.Regress(Effects, DesignMatrix.FromRows([.. X[0].Select((_, i) => $"x{i}")], X), options);

    /// <summary>Some of the studies.</summary>
    public PoolingProblem Only(int[] studies) => new(
        Array.ConvertAll(studies, i => Y[i]), Array.ConvertAll(studies, i => V[i]), X is null ? null : Array.ConvertAll(studies, i => X[i]), Array.ConvertAll(studies, i => Given[i]));

    public Judge Judge(string name) => new(
        name,
        new TextbookTwin(
            Array.ConvertAll(Y, y => (Real)y), Array.ConvertAll(V, v => (Real)v), X is null ? null : Array.ConvertAll(X, row => Array.ConvertAll(row, x => (Real)x)),
            Array.ConvertAll(Given, w => (Real)w)),
        ToString());

    public override string ToString() => FormattableString.Invariant(
        $"y = [{Text(Y)}], v = [{Text(V)}], weights = [{Text(Given)}], x = {(X is null ? "1" : string.Join(" / ", X.Select(row => Text(row))))}");

    /// <param name="random">Random numbers.</param>
    /// <param name="k">Studies.</param>
    /// <param name="span">Variances lie between 10^-span and 10^span.</param>
    /// <param name="p">Coefficients; random where null, half of the problems without moderators.</param>
    private static PoolingProblem Problem(Random random, int k, double span = .7, int? p = null)
    {
        var size = p ?? (random.Next(2) == 0 ? 1 : random.Next(1, Math.Min(4, k - 1) + 1));
        var tau = random.Next(3) == 0 ? 0 : Math.Pow(10, span * (2 * random.NextDouble() - 1) / 2);
        double[] v = [.. Enumerable.Range(0, k).Select(_ => Math.Pow(10, span * (2 * random.NextDouble() - 1)))];
        double[] y = [.. v.Select(variance => 1 + Normal(random) * Math.Sqrt(variance) + tau * Normal(random))];

        // A design of one column that is not the intercept is a regression through the origin.
        var hasIntercept = size > 1 ? random.Next(8) > 0 : random.Next(6) > 0;
        double[][]? x = size == 1 && hasIntercept ? null
            : [.. v.Select(_ => Enumerable.Range(0, size).Select(j => j == 0 && hasIntercept ? 1 : random.Next(3) == 0 ? random.Next(4) + .5 : Normal(random)).ToArray())];
        return new PoolingProblem(y, v, x, [.. v.Select(_ => Math.Pow(10, span * (2 * random.NextDouble() - 1)))]);
    }

    /// <summary>Estimates, variances or both that differ in their last digits only.</summary>
    private static PoolingProblem NearTies(Random random)
    {
        var some = Problem(random, random.Next(2, 9));
        var closeness = Math.Pow(10, -random.Next(3, 16));
        double Near(double value) => value * (1 + closeness * random.NextDouble());
        var which = random.Next(3);
        return some with
        {
            Y = which == 0 ? some.Y : Array.ConvertAll(some.Y, _ => Near(some.Y[0])),
            V = which == 1 ? some.V : Array.ConvertAll(some.V, _ => Near(some.V[0])),
        };
    }

    /// <summary>Estimates scaled so that Q or a score is a little on either side of where tau^2 begins to be positive.</summary>
    private static PoolingProblem AtZero(Random random)
    {
        var some = Problem(random, random.Next(3, 9), random.Next(2) == 0 ? .7 : 4);
        var twin = some.Judge("").Twin;
        var fit = twin.At(0);
        var squared = random.Next(3) switch
        {
            0 => twin.Freedom / fit.Q,
            1 => fit.TraceP / fit.PPy,
            _ => fit.SumW / fit.PPy,
        };
        var distance = random.Next(12) == 0 ? 0 : Math.Pow(10, -random.Next(1, 15)) * (random.Next(2) == 0 ? 1 : -1);
        var scale = Math.Sqrt((double)squared) * (1 + distance);
        return some.With((_, y) => y * scale);
    }

    /// <summary>One study more than there are coefficients.</summary>
    private static PoolingProblem Fewest(Random random)
    {
        var p = random.Next(3) > 0 ? 1 : random.Next(2, 5);
        return Problem(random, p + 1, random.Next(2) == 0 ? .7 : 5, p);
    }

    private static PoolingProblem Dominated(Random random)
    {
        var some = Problem(random, random.Next(3, 9));
        var chosen = random.Next(some.Y.Length);
        var share = Math.Pow(10, -random.Next(6, 16));
        return some with { V = [.. some.V.Select((v, i) => i == chosen ? v * share : v)], Given = [.. some.Given.Select((w, i) => i == chosen ? w / share : w)] };
    }

    private static PoolingProblem NearlyCollinear(Random random)
    {
        var p = random.Next(2, 5);
        var some = Problem(random, random.Next(p + 2, 12), p: p);
        var closeness = Math.Pow(10, -random.Next(2, 8));
        return some with { X = Array.ConvertAll(some.X!, row => (double[])[.. row[..^1], row[^2] + closeness * row[^1]]) };
    }

    private PoolingProblem With(Func<PoolingProblem, double, double> estimate) => this with { Y = Array.ConvertAll(Y, y => estimate(this, y)) };

    private static PoolingProblem Scaled(PoolingProblem some, double scale) => some with
    {
        Y = Array.ConvertAll(some.Y, y => y * scale), V = Array.ConvertAll(some.V, v => v * scale * scale), Given = Array.ConvertAll(some.Given, w => w / scale),
    };

    private static double Normal(Random random) => NormalDistribution.Quantile(1 - random.NextDouble() is var p && p == 1 ? .5 : p);

    private static string Text(double[] values) => string.Join(", ", values.Select(value => value.ToString("R", System.Globalization.CultureInfo.InvariantCulture)));
}
