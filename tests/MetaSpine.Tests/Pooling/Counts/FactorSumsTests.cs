namespace MetaSpine.Tests;

/// <summary>The sums of the beta-binomial likelihood against adding up term after term, in twice the digits.</summary>
public sealed class FactorSumsTests
{
    /// <summary>
    /// The slow sums are exact to the last digit. Of ln u the terms may cancel, so that its error is held against the sum of their sizes, and the
    /// rounding of a u near 1 moves each by as much as a last digit of 1; the others have one sign, and lose the rounding of some hundred additions.
    /// </summary>
    private const double Tolerance = 2e-14;

    [EveryCultureTheory]
    [InlineData(10, 0.3, 0.2)]
    [InlineData(513, 1e-9, 0.5)]
    [InlineData(513, 0.4, 0)]
    [InlineData(5000, 1e-6, 1e-9)]
    [InlineData(5000, 1, 1e-12)]
    [InlineData(100_000, 1e-3, 7)]
    [InlineData(200_000, 0.4, 1e-5)]
    public void Long_sums_are_those_of_their_terms(double count, double start, double step)
    {
        var sums = FactorSums.Below(count, start, step);
        double U(double j) => start + j * step;
        Same(sums.Log, count, j => Math.Log(U(j)), perTerm: double.BitIncrement(1) - 1);
        Same(sums.Inverse, count, j => 1 / U(j));
        Same(sums.Index, count, j => j / U(j));
        Same(sums.InverseSquare, count, j => 1 / U(j) / U(j));
        Same(sums.IndexSquare, count, j => j / U(j) / U(j));
        Same(sums.SquareSquare, count, j => j / U(j) * (j / U(j)));
    }

    [EveryCultureFact]
    public void A_hundred_million_participants_are_no_trouble()
    {
        var tables = new EffectData(["small", "registry", "large"]) { ["xi"] = [3, 400_000, 30_000_000], ["ni"] = [20, 1_000_000, 100_000_000] };
        var result = BetaBinomial.Fit(Measures.PLO, tables);
        result.Effect.Interval.Contains(result.Effect.Estimate).ShouldBeTrue();
        result.Natural.Estimate.ShouldBeInRange(0.15, 0.45);
    }

    /// <summary>Neumaier's summation: as if in twice the digits.</summary>
    private static void Same(double value, double count, Func<double, double> term, double perTerm = 0)
    {
        double sum = 0, lost = 0, size = 0;
        for (var j = 0.0; j < count; j++)
        {
            var next = term(j);
            size += Math.Abs(next);
            var total = sum + next;
            lost += Math.Abs(sum) >= Math.Abs(next) ? sum - total + next : next - total + sum;
            sum = total;
        }

        value.ShouldBe(sum + lost, Tolerance * size + perTerm * count);
    }
}
