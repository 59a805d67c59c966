namespace MetaSpine.Tests;

/// <summary>The Henmi-Copas interval against metafor's, and against the published integral by a slower rule.</summary>
public sealed class HenmiCopasTests
{
    /// <summary>metafor 3.8.1, hc(): data set, estimate, standard error, bounds.</summary>
    public static TheoryData<string, double, double, double, double> Reference => new()
    {
        { "bcg-rr", -0.430285163654091, 0.28354435135525, -1.15551186750036, 0.294941540192181 },
        { "egger2001-or", 0.0147544547701817, 0.441549143675123, -3.23693238362647, 3.26644129316684 },
        { "hackshaw1998-gen", 0.185760203646787, 0.0492764874911519, 0.083022528126684, 0.288497879166889 },
        { "molloy2014-zcor", 0.125176663755514, 0.0368769616517412, 0.0399751802812157, 0.210378147229812 },
        { "normand1999-smd", -0.410611419420981, 0.322999019584835, -1.18574385268625, 0.364521013844291 },
        { "raudenbush1985-gen", 0.0603655663352582, 0.0593464667031036, -0.0684379134378806, 0.189169046108397 },
    };

    [EveryCultureTheory]
    [MemberData(nameof(Reference))]
    public void It_agrees_with_metafor(string id, double estimate, double error, double lower, double upper)
    {
        var test = ReferenceCase.Load(id);
        var result = HenmiCopas.Compute(test.Estimates, test.Variances, .95);
        result.Estimate.ShouldBe(estimate, 1e-11);
        result.StandardError.ShouldBe(error, 1e-11);

        // metafor solves for the critical value to 1.2e-4; the next test shows that ours is exact.
        result.Interval.Lower.ShouldBe(lower, 2e-4 * error);
        result.Interval.Upper.ShouldBe(upper, 2e-4 * error);
    }

    [EveryCultureTheory]
    [InlineData("bcg-rr", .95)]
    [InlineData("bcg-rr", .5)]
    [InlineData("egger2001-or", .99)]
    [InlineData("hackshaw1998-gen", .9)]
    public void The_critical_value_solves_the_published_equation(string id, double level)
    {
        var test = ReferenceCase.Load(id);
        double[] y = test.Estimates, v = test.Variances;
        var result = HenmiCopas.Compute(y, v, level);
        int k = y.Length, nodes = 40000;
        double W(int power) => v.Sum(variance => Math.Pow(variance, -power)) / (power == 1 ? 1 : v.Sum(variance => 1 / variance));
        double w1 = W(1), w2 = W(2), w3 = W(3), w4 = W(4), t2 = result.Tau2, variance = 1 + t2 * w2;
        var critical = result.CriticalValue / Math.Sqrt(variance);
        double sum = 0, width = 12.0 / nodes;
        for (var i = 0; i <= nodes; i++)
        {
            // The expectation and variance of Q given R = r sd(R), equations of section 3 of the paper in terms of R.
            var r = critical + i * width;
            var big = r * r * variance;
            var mean = k - 1 + t2 * (w1 - w2) + t2 * t2 * (big / (variance * variance) - 1 / variance) * (w3 - w2 * w2);
            var spread = 2 * (k - 1) + 4 * t2 * (w1 - w2) + 2 * t2 * t2 * (w1 * w2 - 2 * w3 + w2 * w2)
                + 4 * t2 * t2 * (big / (variance * variance) - 1 / variance) * (w3 - w2 * w2)
                + 4 * t2 * t2 * t2 * (big / (variance * variance) - 1 / variance) * (w4 - 2 * w2 * w3 + w2 * w2 * w2)
                + 2 * t2 * t2 * t2 * t2 * (1 / (variance * variance) - 2 * big / (variance * variance * variance)) * (w3 - w2 * w2) * (w3 - w2 * w2);
            var q = (w1 / w2 - 1) * (r / critical * (r / critical) - 1) + k - 1;
            var below = mean > 0 && spread > 0 ? ChiSquared.Lower(2 * q * mean / spread, 2 * mean * mean / spread) : q >= mean ? 1 : 0;
            var simpson = i == 0 || i == nodes ? 1 : i % 2 == 1 ? 4 : 2;
            sum += simpson * below * Math.Exp(-r * r / 2) / Math.Sqrt(2 * Math.PI);
        }

        (sum * width / 3).ShouldBe((1 - level) / 2, 1e-10);
    }

    [EveryCultureFact]
    public void Its_extension_uses_the_studies_and_level_of_a_result()
    {
        var result = Bcg.Pool(new PoolingOptions { Level = .9 });
        var interval = result.HenmiCopasInterval();
        interval.Interval.Level.ShouldBe(.9);
        interval.Interval.ShouldBe(HenmiCopas.Compute(Bcg.Y, Bcg.V, .9).Interval);
        Should.Throw<PoolingException>(() => Bcg.Pool(studies: 1).HenmiCopasInterval()).Message.ShouldContain("at least two");
    }

    [EveryCultureFact]
    public void Equal_estimates_and_variances_of_any_size_are_no_trouble()
    {
        foreach (var scale in new[] { 1e-12, 1, 1e12 })
        {
            var result = HenmiCopas.Compute([3, 3, 3, 3], [scale, scale, scale, scale], .95);
            result.Tau2.ShouldBe(0);
            result.StandardError.ShouldBe(Math.Sqrt(scale) / 2, 1e-12 * Math.Sqrt(scale));
            result.CriticalValue.ShouldBeInRange(1, 1.96);
        }
    }
}
