namespace MetaSpine.Tests;

/// <summary>The check of V, and the nearest matrix that sampling errors can have.</summary>
public sealed class NearestCovarianceTests
{
    /// <summary>Higham's iteration as in nearPD of the package Matrix, which stops at 1e-13; alternating projections settle linearly, so that 1e-9 is left.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void The_nearest_correlations_are_those_of_nearPD(int index)
    {
        var test = CovarianceReference.Root.GetProperty("nearest")[index];
        var (given, nearest) = (CovarianceReference.Rows(test.GetProperty("given")), CovarianceReference.Rows(test.GetProperty("nearest")));
        var result = SamplingCovariance.FromRows(given).NearestPositiveDefinite(1e-12);
        result.Covariance.ShouldBe(nearest, 1e-9);
        result.Repairs.Count.ShouldBe(1);
    }

    [Fact]
    public void Contradicting_correlations_are_found_repaired_and_told_in_words()
    {
        // Effects 1 to 3 contradict each other (1 and 2 alike, 2 and 3 alike, 1 and 3 opposite); 4 and 5 are in order, 6 stands alone.
        double[] v = [1, 4, 9, 1, 1, 2];
        double[][] r = [[1, .9, -.9, 0, 0, 0], [.9, 1, .9, 0, 0, 0], [-.9, .9, 1, 0, 0, 0], [0, 0, 0, 1, .5, 0], [0, 0, 0, .5, 1, 0], [0, 0, 0, 0, 0, 1]];
        var given = SamplingCovariance.FromRows([.. Enumerable.Range(0, 6).Select(i => (double[])[.. Enumerable.Range(0, 6).Select(j => r[i][j] * Math.Sqrt(v[i] * v[j]))])]);
        var fault = given.CheckPositiveDefinite().ShouldHaveSingleItem();
        fault.Rows.ShouldBe([0, 1, 2]);
        fault.SmallestEigenvalue.ShouldBe(-.8, 1e-12);
        fault.ToString().ShouldBe("The sampling errors of rows 1, 2 and 3 cannot have the correlations that V gives them (smallest eigenvalue -0.8): they contradict each other; check the assumed correlations and the shared groups.");

        var nearest = given.NearestPositiveDefinite();
        nearest.Covariance.CheckPositiveDefinite().ShouldBeEmpty();
        Enumerable.Range(0, 6).Select(i => nearest.Covariance[i, i]).ShouldBe(v);
        nearest.Covariance[3, 4].ShouldBe(.5);
        nearest.Notes.ShouldHaveSingleItem().ShouldBe(
            "The correlations of the sampling errors of rows 1, 2 and 3 were not possible (smallest eigenvalue -0.8) and were moved to the nearest possible ones; the largest change is that of rows 1 and 2, from 0.9 to 0.4995. The variances stayed.");
    }

    [Fact]
    public void A_matrix_in_order_is_kept_and_an_effect_that_follows_from_another_is_named()
    {
        var given = SamplingCovariance.WithinClusters([1, 2, 3], Predictor.Numeric("study", [1, 1, 2]), .8);
        var kept = given.NearestPositiveDefinite();
        kept.Covariance.ShouldBeSameAs(given);
        kept.ToString().ShouldBe("V is positive definite as it was given: nothing was changed.");
        SamplingCovariance.WithinClusters([1, 2, 3], Predictor.Numeric("study", [1, 1, 2]), 1).CheckPositiveDefinite().ShouldHaveSingleItem().ToString()
            .ShouldBe("The sampling errors of rows 1 and 2 cannot have the correlations that V gives them (smallest eigenvalue 0): one effect follows from the others; leave one out, or assume a smaller correlation.");
        Should.Throw<ArgumentException>(() => given.NearestPositiveDefinite(0)).Message.ShouldStartWith("The smallest eigenvalue is 0;");
        Should.Throw<ArgumentException>(() => SamplingCovariance.Diagonal([1, 0]).CheckPositiveDefinite()).Message.ShouldStartWith("The variance of row 2 is 0;");
    }
}
