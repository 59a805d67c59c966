namespace MetaSpine.Tests;

/// <summary>
/// Data simulated from known variances and correlations, seeded: what REML finds is right on average, and its intervals hold the truth as often as they say. Each bound is four standard errors of the simulation
/// itself, so that a right method passes for all but one seed in ten thousand, and a bias of half the spread of the estimates fails.
/// </summary>
public sealed class SimulatedComponentsTests
{
    private const double StandardErrors = 4;

    /// <summary>
    /// Balanced designs whose estimates never come near a boundary, where REML is unbiased, exactly or nearly (UN): nested levels, crossed groupings, one correlation, any.
    /// </summary>
    [CostlyTheory]
    [InlineData("nested", 120)]
    [InlineData("crossed", 60)]
    [InlineData("CS", 100)]
    [InlineData("UN", 60)]
    public void Estimates_are_right_on_average(string name, int draws)
    {
        var truth = Simulation.Truth(name);
        var estimates = Enumerable.Range(0, draws).Select(draw => Simulation.Fit(name, draw).Components.Select(c => c.Value).ToArray()).ToList();
        for (var i = 0; i < truth.Length; i++)
        {
            // A covariance is unbiased and not a correlation, which is therefore asked for as such.
            double[] found = [.. estimates.Select(values => Simulation.Linear(name, values, i))];
            var (mean, spread) = (found.Average(), Math.Sqrt(found.Sum(value => Math.Pow(value - found.Average(), 2)) / (draws - 1)));
            mean.ShouldBe(truth[i], StandardErrors * spread / Math.Sqrt(draws), $"{name}, number {i + 1}, true value {truth[i]}, Monte-Carlo error {spread / Math.Sqrt(draws):0.####}");
        }
    }

    /// <summary>
    /// Nine studies of two to five effects with variances of their own: few and unequal. The binomial error of a coverage of 0.95 in 200 data sets is 0.0154.
    /// </summary>
    [CostlyTheory]
    [InlineData(MultilevelTest.Satterthwaite)]
    [InlineData(MultilevelTest.KenwardRoger)]
    public void Intervals_of_the_mean_hold_it_as_often_as_they_say(MultilevelTest test)
    {
        const int Draws = 200;
        var held = Enumerable.Range(0, Draws).Count(draw => Simulation.Fit("few", draw, test).Interval.Contains(Simulation.Mean));
        (held / (double)Draws).ShouldBe(.95, StandardErrors * Math.Sqrt(.95 * .05 / Draws), test.ToString());
    }

    /// <summary>Profile intervals of both variances of nested levels, by ML's large-sample distribution: 30 studies are near enough. The binomial error in 40 data sets is 0.034.</summary>
    [CostlyFact]
    public void Profile_intervals_hold_the_variances_as_often_as_they_say()
    {
        const int Draws = 40;
        var truth = Simulation.Truth("nested");
        var held = new int[truth.Length];
        for (var draw = 0; draw < Draws; draw++)
        {
            var profiles = Simulation.Fit("nested", draw).ProfileComponents();
            for (var i = 0; i < truth.Length; i++)
            {
                held[i] += profiles[i].Interval.Lower <= truth[i] && truth[i] <= profiles[i].Interval.Upper ? 1 : 0;
            }
        }

        held.ShouldAllBe(count => Math.Abs(count / (double)Draws - .95) <= StandardErrors * Math.Sqrt(.95 * .05 / Draws));
    }

    /// <summary>Data sets of known models.</summary>
    private static class Simulation
    {
        public const double Mean = .3;

        private static readonly double[] Deviations = [.8, 1.1];

        /// <summary>The variances, and for CS and UN the covariance after them.</summary>
        public static double[] Truth(string name) => name switch
        {
            "nested" => [.5, .3],
            "crossed" => [.6, .4, .3],
            "CS" => [1, .5],
            _ => [.64, 1.21, .5 * .8 * 1.1],
        };

        /// <summary>An estimate in numbers of which REML is unbiased: a correlation as the covariance.</summary>
        public static double Linear(string name, double[] values, int i) => (name, i) switch
        {
            ("CS", 1) => values[0] * values[1],
            ("UN", 2) => values[2] * Math.Sqrt(values[0] * values[1]),
            _ => values[i],
        };

        public static MultilevelPooledResult Fit(string name, int seed, MultilevelTest test = MultilevelTest.Z)
        {
            var random = new Random(1000 + seed);
            double Normal() => NormalDistribution.UpperQuantile(random.NextDouble());
            double[] Normals(int count, double deviation) => [.. Enumerable.Range(0, count).Select(_ => deviation * Normal())];
            var truth = Truth(name);
            var (first, second, y, v) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
            void Add(double a, double b, double effect, double variance)
            {
                first.Add(a);
                second.Add(b);
                v.Add(variance);
                y.Add(Mean + effect + Math.Sqrt(variance) * Normal());
            }

            switch (name)
            {
                case "nested":
                    for (var study = 0; study < 30; study++)
                    {
                        var level = Math.Sqrt(truth[0]) * Normal();
                        for (var effect = 0; effect < 4; effect++)
                        {
                            Add(study, y.Count, level + Math.Sqrt(truth[1]) * Normal(), .1);
                        }
                    }

                    break;
                case "crossed":
                    double[] rows = Normals(15, Math.Sqrt(truth[0])), columns = Normals(12, Math.Sqrt(truth[1]));
                    for (var cell = 0; cell < 180; cell++)
                    {
                        Add(cell / 12, cell % 12, rows[cell / 12] + columns[cell % 12] + Math.Sqrt(truth[2]) * Normal(), .1);
                    }

                    break;
                case "few":
                    for (var study = 0; study < 9; study++)
                    {
                        var level = .6 * Normal();
                        for (var effect = 0; effect < 2 + study % 4; effect++)
                        {
                            Add(study, y.Count, level + .4 * Normal(), .05 + .03 * (y.Count % 5));
                        }
                    }

                    break;
                default:
                    for (var study = 0; study < 60; study++)
                    {
                        double shared = Normal(), left = Normal(), right = Normal();
                        Add(study, 0, (name == "CS" ? 1 : Deviations[0]) * (Math.Sqrt(.5) * shared + Math.Sqrt(.5) * left), .1);
                        Add(study, 1, (name == "CS" ? 1 : Deviations[1]) * (Math.Sqrt(.5) * shared + Math.Sqrt(.5) * right), .1);
                    }

                    break;
            }

            Predictor[] groupings = [Predictor.Numeric("a", first), Predictor.Numeric("b", second), Predictor.Numeric("effect", [.. y.Select((_, i) => (double)i)])];
            RandomTerm[] terms = name switch
            {
                "crossed" => [RandomTerm.Parse("a"), RandomTerm.Parse("b"), RandomTerm.Parse("effect")],
                "CS" => [RandomTerm.Parse("b | a")],
                "UN" => [RandomTerm.Parse("b | a", CovarianceStructure.UN)],
                _ => [RandomTerm.Parse("a/b")],
            };
            return MultilevelAnalysis.Pool(Measures.GEN.Compute(new EffectData { ["yi"] = [.. y], ["vi"] = [.. v] }), terms, groupings, null, new MultilevelOptions { Test = test });
        }
    }
}
