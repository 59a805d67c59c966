using FsCheck;
using FsCheck.Fluent;

namespace MetaSpine.Tests;

/// <summary>A random set of estimates with variances over four orders of magnitude.</summary>
internal sealed record SensitivityProblem(double[] Y, double[] V)
{
    public SensitivityProblem Without(int study) => Only([.. Enumerable.Range(0, Y.Length).Where(i => i != study)]);

    public SensitivityProblem Only(IReadOnlyList<int> studies) => new([.. studies.Select(i => Y[i])], [.. studies.Select(i => V[i])]);
}

/// <summary>Random problems for what refits a model to some of its studies.</summary>
internal static class SensitivityProblems
{
    public static Arbitrary<SensitivityProblem> OfSize(int fewest, int most)
    {
        var y = Gen.Choose(-20000, 20000).Select(i => i / 10000.0);
        var v = Gen.Choose(-3000, 1000).Select(i => Math.Pow(10, i / 1000.0));
        return (from k in Gen.Choose(fewest, most)
                from estimates in y.ArrayOf(k)
                from variances in v.ArrayOf(k)
                select new SensitivityProblem(estimates, variances)).ToArbitrary();
    }
}
