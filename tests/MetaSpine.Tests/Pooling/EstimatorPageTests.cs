using System.Text.RegularExpressions;

namespace MetaSpine.Tests;

/// <summary>The page on models, estimators, tests and intervals: its rows are the registries', each of which has a name for every choice.</summary>
public sealed partial class EstimatorPageTests
{
    private static readonly Dictionary<string, List<string[]>> Page = Sections();

    /// <summary>What has codes, by the heading of its table.</summary>
    private static readonly IReadOnlyList<(string Heading, IReadOnlyList<MethodName> Methods)> Registries =
    [
        .. MethodCatalogue.Groups.Skip(1).Select(group => ($"{char.ToUpperInvariant(group.Kind[0])}{group.Kind[1..]}", group.Methods)),
        ("Cluster-robust errors", ModelNames.Robusts), ("Inference beside the result", ModelNames.Further),
        ("Links of a location-scale model", ModelNames.ScaleLinks), ("Tails of the exact model", ModelNames.ExactTails),
    ];

    public static TheoryData<string> Headings => [.. Registries.Select(registry => registry.Heading)];

    [Theory]
    [MemberData(nameof(Headings))]
    public void Codes_names_and_sources_are_those_of_the_registry(string heading) =>
        Page[heading].Select(cells => new MethodName(cells[0], cells[1], cells[^1]))
            .ShouldBe(Registries.Single(registry => registry.Heading == heading).Methods);

    [Fact]
    public void Every_estimator_test_and_interval_says_what_it_is_when_it_fails_and_what_others_call_it()
    {
        foreach (var heading in Registries.Skip(1).Take(4).Select(registry => registry.Heading))
        {
            Page[heading].ShouldAllBe(cells => cells.Length == 6 && cells.All(cell => cell.Length > 0), heading);
        }
    }

    [Fact]
    public void The_defaults_are_the_library_s()
    {
        var options = PoolingOptions.Default;
        MethodName[] defaults = [MethodNames.Of(options.Method), MethodNames.Of(options.Test), MethodNames.Of(options.Prediction), MethodNames.Of(options.Tau2Interval)];
        Registries.Skip(1).Take(4).Select(registry => Page[registry.Heading].Single(cells => cells[3].StartsWith("Default: ", StringComparison.Ordinal))[0])
            .ShouldBe(defaults.Select(method => method.Code));
    }

    [Fact]
    public void The_registries_have_a_name_for_every_choice() =>
        new[]
        {
            MethodNames.Methods.Count, MethodNames.Tests.Count, MethodNames.Predictions.Count, MethodNames.Tau2Intervals.Count, MethodNames.ZeroCellRules.Count,
            ModelNames.Models.Count, ModelNames.CountModels.Count, ModelNames.SubgroupTau2s.Count, ModelNames.Medians.Count, ModelNames.Robusts.Count,
            ModelNames.Further.Count, ModelNames.ScaleLinks.Count, MultilevelNames.Tests.Count, MultilevelNames.Structures.Count,
        }.ShouldBe(
        [
            Count<PoolingMethod>(), Count<PoolingTest>(), Count<PredictionMethod>(), Count<Tau2IntervalMethod>(), Count<ZeroCellRule>(),
            Count<PoolingModel>(), Count<CountModel>(), Count<SubgroupTau2>(), Count<MedianMethod>(), Count<RobustType>(),
            Count<FurtherInference>(), Count<ScaleLink>(), Count<MultilevelTest>(), Count<CovarianceStructure>(),
        ]);

    private static int Count<T>()
        where T : struct, Enum => Enum.GetValues<T>().Length;

    /// <summary>The cells of each table below its heading, without the table's own head.</summary>
    private static Dictionary<string, List<string[]>> Sections() =>
        File.ReadAllText(Path.Combine(TestFiles.RepositoryRoot, "src", "MetaSpine", "docs", "estimators.md")).ReplaceLineEndings("\n").Split("\n## ")[1..].ToDictionary(
            section => section.Split('\n')[0],
            section => section.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1)
                .Select(line => Bar().Split(line)[1..^1].Select(cell => cell.Trim().Replace("\\|", "|", StringComparison.Ordinal)).ToArray()).ToList());

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex Bar();
}
