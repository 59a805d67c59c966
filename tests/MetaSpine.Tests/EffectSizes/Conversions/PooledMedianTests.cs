namespace MetaSpine.Tests;

public sealed class PooledMedianTests
{
    [EveryCultureFact]
    public void The_median_of_medians_has_the_interval_of_the_sign_test()
    {
        // The example of pool.med in metamedian; for 9 studies the second values from each end, with 1 - 2 * 10/512 = 0.961 coverage.
        var result = PooledMedians.MedianOfMedians([5.23, 3.10, 0.50, 0.78, 3.48, 0.59, 2.20, 5.06, 4.00]);
        result.Value.ShouldBe(3.10);
        result.Interval.ShouldBe(new Interval(0.59, 5.06, 0.95));
        result.Warnings.ShouldBeEmpty();
    }

    [EveryCultureTheory]
    [InlineData(5, 0)]
    [InlineData(6, 1)]
    [InlineData(8, 1)]
    [InlineData(9, 2)]
    [InlineData(20, 6)]
    [InlineData(50, 18)]
    [InlineData(2000, 956)]
    public void Its_ends_are_those_of_the_binomial_table(int studies, int rank)
    {
        var result = PooledMedians.MedianOfMedians([.. Enumerable.Range(1, studies).Select(i => (double)i).Reverse()]);
        result.Value.ShouldBe((studies + 1) / 2.0);
        if (rank == 0)
        {
            result.Interval.ShouldBeNull();
            result.Warnings.Single().ShouldContain("5 studies are too few");
        }
        else
        {
            result.Interval.ShouldBe(new Interval(rank, studies + 1 - rank, 0.95));
        }
    }

    [EveryCultureFact]
    public void Weights_count_like_repetitions()
    {
        PooledMedians.MedianOfMedians([1, 2, 10], [1, 1, 3]).Value.ShouldBe(10);
        PooledMedians.MedianOfMedians([10, 1, 2], [2, 1, 1]).Value.ShouldBe(PooledMedians.MedianOfMedians([1, 2, 10, 10]).Value);
        PooledMedians.MedianOfMedians([10, 1, 2], [2, 1, 1]).Interval.ShouldBeNull();
    }

    [EveryCultureFact]
    public void The_median_of_normal_data_has_the_textbook_error()
    {
        var q = 15 * NormalDistribution.Quantile(.75);
        var result = PooledMedians.Median(FiveNumbers.FromQuartiles(-1 - q, -1, -1 + q, 80));
        result.Estimate.ShouldBe(-1);
        result.StandardError.ShouldBe(15 * Math.Sqrt(Math.PI / 2 / 80), 1e-12);
        result.Assumptions.Single().ShouldContain("normal");
    }

    [EveryCultureFact]
    public void A_difference_adds_the_variances()
    {
        // Two arms of the ages by death in COVID-19 (Shi Q, diabetic cohort) of metamedian's dat.age.
        FiveNumbers died = FiveNumbers.FromQuartiles(65, 76, 82, 31), lived = FiveNumbers.FromQuartiles(56, 63, 69, 122);
        var difference = PooledMedians.Difference(died, lived);
        difference.Estimate.ShouldBe(13);
        difference.Variance.ShouldBe(PooledMedians.Median(died).Variance + PooledMedians.Median(lived).Variance, 1e-15);
        difference.Assumptions.Count.ShouldBe(2);
    }

    [EveryCultureFact]
    public void Impossible_numbers_are_named()
    {
        Should.Throw<ArgumentException>(() => PooledMedians.MedianOfMedians([])).Message.ShouldContain("none is given");
        Should.Throw<ArgumentException>(() => PooledMedians.MedianOfMedians([1, 2], [1])).Message.ShouldContain("1 weights for 2 medians");
        Should.Throw<ArgumentException>(() => PooledMedians.MedianOfMedians([1, 2], [1, 0])).Message.ShouldContain("weight must be above 0");
        Should.Throw<ArgumentException>(() => PooledMedians.MedianOfMedians([1, double.NaN])).Message.ShouldContain("median must be a finite number");
        Should.Throw<ArgumentException>(() => PooledMedians.MedianOfMedians([1, 2], level: 1)).Message.ShouldContain("between 0 and 1");
    }
}
