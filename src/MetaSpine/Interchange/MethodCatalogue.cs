namespace MetaSpine;

/// <summary>Methods of one kind, one of which is chosen.</summary>
/// <param name="Kind">What they are: "tests and confidence intervals".</param>
/// <param name="Option">How the command line and, without its dashes, a review file choose one: <c>--test</c>.</param>
/// <param name="Methods">The methods with their sources.</param>
public sealed record MethodGroup(string Kind, string Option, IReadOnlyList<MethodName> Methods);

/// <summary>Everything that can be chosen by a code, with where it comes from: the registries, side by side.</summary>
public static class MethodCatalogue
{
    /// <summary>All kinds of methods, the measures first.</summary>
    public static IReadOnlyList<MethodGroup> Groups { get; } =
    [
        new("effect-size measures", "--measure", [.. Measures.All.Select(measure => new MethodName(measure.Code, measure.Name, measure.Reference))]),
        new("models", "--model", ModelNames.Models),
        new("estimators of the between-study variance", "--method", MethodNames.Methods),
        new("tests and confidence intervals", "--test", MethodNames.Tests),
        new("prediction intervals", "--prediction", MethodNames.Predictions),
        new("confidence intervals of the between-study variance", "--tau2-interval", MethodNames.Tau2Intervals),
        new("models for counts", "--glmm", ModelNames.CountModels),
        new("between-study variances of subgroups", "--subgroup-tau2", ModelNames.SubgroupTau2s),
        new("ways from medians to means", "medians", ModelNames.Medians),
        new("rules for zero counts", "--to", MethodNames.ZeroCellRules),
        new("tests of dependent effects, beside --random", "--test", MultilevelNames.Tests),
        new("structures of random effects", "--structure", MultilevelNames.Structures),
    ];

    /// <summary>The methods of a code, in any case: several where kinds share it, such as EE.</summary>
    /// <exception cref="ArgumentException">There is none; the message names the nearest.</exception>
    public static IReadOnlyList<(MethodGroup Group, MethodName Method)> Find(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        List<(MethodGroup Group, MethodName Method)> found =
            [.. Groups.SelectMany(group => group.Methods.Where(method => string.Equals(method.Code, code, StringComparison.OrdinalIgnoreCase)).Select(method => (group, method)))];
        return found.Count > 0
            ? found
            : throw new ArgumentException($"there is no method '{code}'{NearestName.Hint(code, [.. Groups.SelectMany(group => group.Methods).Select(method => method.Code)])}");
    }
}
