using System.Text.Json;

namespace MetaSpine.Tests;

/// <summary>Location-scale models against the reference files, metafor, separate fits, and numerical derivatives.</summary>
public sealed class LocationScaleTests
{
    private static readonly string[] Files =
    [
        .. Directory.GetFiles(TestFiles.Path("Reference/location-scale"), "*.json").Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal),
    ];

    private static readonly PoolingOptions Reml = new() { Test = PoolingTest.Z };
    private static readonly PoolingOptions Ml = new() { Test = PoolingTest.Z, Method = PoolingMethod.ML };

    public static TheoryData<string> Cases => [.. Files];

    [Fact]
    public void All_files_are_there() => Files.Length.ShouldBe(3);

    /// <summary>
    /// The files hold a design of the scale with an intercept, but one coefficient: metafor took the design as it was given and added nothing, so that its
    /// fits are those of ln tau^2 = alpha z. An exact maximum over that alpha alone has the log-likelihood of the file (bcg-ablat, REML: -12.3304451535258 at
    /// alpha = -0.03377083614), while the model with an intercept reaches -12.2023665693.
    /// </summary>
    [EveryCultureTheory]
    [MemberData(nameof(Cases))]
    public void Reference_fits_agree(string id)
    {
        var root = JsonDocument.Parse(File.ReadAllText(TestFiles.Path($"Reference/location-scale/{id}.json"))).RootElement;
        var effects = Measures.GEN.Compute(new EffectData { ["yi"] = RegressionPeers.Numbers(root.GetProperty("yi")), ["vi"] = RegressionPeers.Numbers(root.GetProperty("vi")) });
        var location = Design(root.GetProperty("X"), "intercept", "x");
        var both = Design(root.GetProperty("Z"), "intercept", "z");
        var slope = DesignMatrix.FromRows(["z"], [.. Enumerable.Range(0, both.RowCount).Select(i => (double[])[both[i, 1]])]);
        foreach (var fit in root.GetProperty("fits").EnumerateArray())
        {
            var expect = fit.GetProperty("expect");
            var options = fit.GetProperty("method").GetString() == "ML" ? Ml : Reml;
            var result = LocationScale.Fit(effects, location, slope, options);
            // At the file's own alpha our formulas give its numbers; where that alpha is not quite stationary, one Newton step from it is our maximum,
            // and what the step changes is the error of metafor's optimiser.
            var theirs = RegressionPeers.Numbers(expect.GetProperty("alpha"));
            var function = new ScaleLikelihood(
                [.. effects.Studies.Select(study => study.Estimate)], [.. effects.Studies.Select(study => study.Variance)],
                [.. Enumerable.Range(0, location.RowCount).SelectMany(row => Enumerable.Range(0, location.Columns.Count).Select(column => location[row, column]))], location.Columns.Count,
                [.. Enumerable.Range(0, slope.RowCount).Select(row => slope[row, 0])], 1, options == Reml, ScaleLink.Log);
            var (beta, covariance) = function.FitAt(theirs).Solve();
            Near(beta, expect.GetProperty("beta"), 1e-12);
            Near(beta.Select((_, i) => Math.Sqrt(covariance[i * beta.Length + i])), expect.GetProperty("se"), 1e-12);
            var (gradient, hessian) = function.Derivatives(theirs);
            var step = -gradient[0] / hessian[0];
            result.ScaleCoefficients[0].Estimate.ShouldBe(theirs[0] + step, 1e-9 * Math.Abs(theirs[0]));
            var left = Math.Abs(step / theirs[0]);
            left.ShouldBeLessThan(1e-5);
            var tolerance = Math.Max(1e-7, 2 * left);

            var likelihood = Likelihood(result);
            likelihood.ShouldBe(expect.GetProperty("ll").GetDouble(), 1e-7 * Math.Abs(likelihood));
            likelihood.ShouldBeGreaterThanOrEqualTo(expect.GetProperty("ll").GetDouble() - 1e-12 * Math.Abs(likelihood));
            Near(result.Coefficients.Select(c => c.Estimate), expect.GetProperty("beta"), tolerance);
            Near(result.Coefficients.Select(c => c.StandardError), expect.GetProperty("se"), tolerance);
            Near(result.ScaleCoefficients.Select(c => c.Estimate), expect.GetProperty("alpha"), tolerance);
            Near(result.ScaleCoefficients.Select(c => c.StandardError!.Value), expect.GetProperty("se_alpha"), tolerance);

            var larger = LocationScale.Fit(effects, location, both, options);
            Likelihood(larger).ShouldBeGreaterThanOrEqualTo(likelihood - 1e-10);
        }
    }

    /// <summary>Never a lower likelihood than metafor, and the same estimates to what its optimiser leaves.</summary>
    [EveryCultureTheory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    public void Both_links_are_those_of_metafor(int index)
    {
        var expect = RegressionPeers.Root.GetProperty("scales")[index];
        var link = expect.GetProperty("link").GetString() == "log" ? ScaleLink.Log : ScaleLink.Identity;
        var options = expect.GetProperty("method").GetString() == "ML" ? Ml : Reml;
        var result = Fit(expect.GetProperty("mods").GetString()!, "~ ni100", options, link);
        var theirs = expect.GetProperty("ll").GetDouble();
        Likelihood(result).ShouldBeGreaterThanOrEqualTo(theirs - 1e-9);
        Likelihood(result).ShouldBe(theirs, link == ScaleLink.Log ? 1e-7 : 0.02);
        result.Provenance.Converged.ShouldBeTrue();
        if (link == ScaleLink.Log)
        {
            Near(result.ScaleCoefficients.Select(c => c.Estimate), expect.GetProperty("alpha"), 1e-3);
            Near(result.ScaleCoefficients.Select(c => c.StandardError!.Value), expect.GetProperty("se_alpha"), 1e-3);
            Near(result.Coefficients.Select(c => c.Estimate), expect.GetProperty("beta"), 1e-3);
            Near(result.Coefficients.Select(c => c.StandardError), expect.GetProperty("se"), 1e-3);
            result.ScaleModerators!.Value.Statistic.ShouldBe(expect.GetProperty("QS").GetDouble(), 2e-3);
            result.Fit.Aicc.ShouldBe(expect.GetProperty("aicc").GetDouble(), 1e-6);
        }
        else
        {
            // The likelihood written out in R, by a grid and Nelder-Mead, and along the edge where tau^2 of the largest study is 0; metafor inverts no Hessian here.
            Likelihood(result).ShouldBe(index switch { 1 => -17.9271443488, 3 => -17.6448436852, 5 => -15.3322584604799, _ => -13.9835231648050 }, 1e-9);
            var isInside = index < 4;
            (result.StudyTau2.Min() > 1e-3).ShouldBe(isInside);
            (result.ScaleCovariance is not null).ShouldBe(isInside);
            (result.ScaleModerators is not null).ShouldBe(isInside);
            result.Notes.Count.ShouldBe(isInside ? 0 : 1);
            result.Notes.ShouldAllBe(note => note.Contains("The largest likelihood lies at the boundary", StringComparison.Ordinal));
        }
    }

    [EveryCultureFact]
    public void A_result_says_how_it_was_reached_and_on_how_many_degrees_of_freedom()
    {
        var inside = Fit("~ ni100", "~ ni100", Reml with { Test = PoolingTest.T }, ScaleLink.Log);
        var k = inside.Studies.Count;
        (inside.Provenance.Method, inside.Provenance.StoppedBecause).ShouldBe(("REML, log link", "solved to rounding"));
        inside.Provenance.Iterations.ShouldBeGreaterThan(0);
        inside.Coefficients.Select(c => c.DegreesOfFreedom).Concat(inside.ScaleCoefficients.Select(c => c.DegreesOfFreedom)).ShouldAllBe(freedom => freedom == k - 2);
        inside.Q.DegreesOfFreedom.ShouldBe(k - 2);
        inside.Q.PValue.ShouldBe(ChiSquared.Upper(inside.Q.Statistic, k - 2));
        double[] weights = [.. inside.Studies.Select((study, i) => 1 / (study.Effect.Variance + inside.StudyTau2[i]))];
        RegressionPeers.Agree("weights", [.. inside.Studies.Select(study => study.Weight)], [.. weights.Select(w => w / weights.Sum())], 1e-14);

        var edge = Fit("~ ni100", "~ ni100", Ml, ScaleLink.Identity);
        (edge.Provenance.Method, edge.Provenance.StoppedBecause).ShouldBe(("ML, identity link", "at the boundary, τ² of 0"));
        edge.ScaleCoefficients.ShouldAllBe(c => c.DegreesOfFreedom == null);
    }

    /// <summary>A mean and a tau^2 of its own for each category is as many fits as there are categories.</summary>
    [EveryCultureTheory]
    [InlineData(PoolingMethod.ML, ScaleLink.Log)]
    [InlineData(PoolingMethod.ML, ScaleLink.Identity)]
    [InlineData(PoolingMethod.REML, ScaleLink.Log)]
    [InlineData(PoolingMethod.REML, ScaleLink.Identity)]
    public void Categories_of_both_parts_are_separate_fits(PoolingMethod method, ScaleLink link)
    {
        var options = Reml with { Method = method };
        string[] kinds = [.. RegressionPeers.Texts("alloc").Select(kind => kind == "alternate" ? "systematic" : kind)];
        var result = LocationScale.Fit(
            RegressionPeers.Effects, Formula.Parse("~ 0 + kind"), Formula.Parse("~ 0 + kind"), [Predictor.Categorical("kind", kinds)], options, link);
        foreach (var (name, pooled) in Subgroups.Pool(RegressionPeers.Effects, kinds, options).Groups.Select(group => (group.Name, group.Pooled!)))
        {
            result.Coefficients.Single(c => c.Name == "kind" + name).Estimate.ShouldBe(pooled.Estimate, 1e-9);
            result.Coefficients.Single(c => c.Name == "kind" + name).StandardError.ShouldBe(pooled.StandardError, 1e-9);
            var tau2 = result.Tau2At(ModeratorValues.Of(("kind", name)));
            tau2.Tau2.ShouldBe(pooled.Tau2, 1e-9);
            var scale = result.ScaleCoefficients.Single(c => c.Name == "kind" + name);
            scale.Estimate.ShouldBe(link == ScaleLink.Log ? Math.Log(pooled.Tau2) : pooled.Tau2, 1e-8);
            tau2.Interval!.Value.Contains(pooled.Tau2).ShouldBeTrue();
        }
    }

    /// <summary>Without moderators of tau^2 it is the ordinary model.</summary>
    [EveryCultureTheory]
    [InlineData(PoolingMethod.ML)]
    [InlineData(PoolingMethod.REML)]
    public void A_constant_scale_is_the_ordinary_meta_regression(PoolingMethod method)
    {
        var options = new PoolingOptions { Method = method };
        var ordinary = RegressionPeers.Fit("~ ablat", method: method);
        var result = LocationScale.Fit(RegressionPeers.Effects, Formula.Parse("~ ablat"), Formula.Parse("~ 1"), RegressionPeers.Moderators, options);
        result.StudyTau2.ShouldAllBe(t => Math.Abs(t - ordinary.Tau2) < 1e-10);
        result.Coefficients[1].StandardError.ShouldBe(ordinary.Coefficients[1].StandardError, 1e-10);
        result.Coefficients[1].PValue.ShouldBe(ordinary.Coefficients[1].PValue, 1e-10);
        result.Fit.LogLikelihood.ShouldBe(ordinary.Fit.LogLikelihood, 1e-10);
        result.Fit.RestrictedLogLikelihood.ShouldBe(ordinary.Fit.RestrictedLogLikelihood, 1e-10);
        result.Fit.Aicc.ShouldBe(ordinary.Fit.Aicc, 1e-9);
        result.Moderators.Statistic.ShouldBe(ordinary.Moderators.Statistic, 1e-8);
        result.ConstantTau2.ShouldBeNull();
        result.ScaleModerators.ShouldBeNull();
        result.Predict(("ablat", 30)).PredictionInterval!.Value.Lower.ShouldBe(ordinary.Predict(("ablat", 30)).PredictionInterval!.Value.Lower, 1e-9);
    }

    /// <summary>The analytic gradient and Hessian against differences of the likelihood, which shares only its value with them.</summary>
    [EveryCultureTheory]
    [InlineData(true, ScaleLink.Log)]
    [InlineData(false, ScaleLink.Log)]
    [InlineData(true, ScaleLink.Identity)]
    [InlineData(false, ScaleLink.Identity)]
    public void Derivatives_are_those_of_the_likelihood(bool restricted, ScaleLink link)
    {
        var (ablat, year) = (RegressionPeers.Numbers("ablat"), RegressionPeers.Numbers("year"));
        double[] x = [.. ablat.SelectMany(a => (double[])[1, a / 10])], z = [.. ablat.SelectMany((a, i) => (double[])[1, a / 30, (year[i] - 1965) / 20])];
        var likelihood = new ScaleLikelihood(RegressionPeers.Numbers("yi"), RegressionPeers.Numbers("vi"), x, 2, z, 3, restricted, link);
        double[] at = link == ScaleLink.Log ? [-2, 0.3, -0.4] : [0.4, -0.1, 0.05];
        var (gradient, hessian) = likelihood.Derivatives(at);
        const double h = 1e-5;
        for (var m = 0; m < 3; m++)
        {
            double[] up = [.. at], down = [.. at];
            (up[m], down[m]) = (at[m] + h, at[m] - h);
            gradient[m].ShouldBe((likelihood.Value(up) - likelihood.Value(down)) / (2 * h), 1e-7 * (1 + Math.Abs(gradient[m])));
            var (above, below) = (likelihood.Derivatives(up).Gradient, likelihood.Derivatives(down).Gradient);
            for (var n = 0; n < 3; n++)
            {
                hessian[m * 3 + n].ShouldBe((above[n] - below[n]) / (2 * h), 1e-6 * (1 + Math.Abs(hessian[m * 3 + n])));
            }
        }
    }

    /// <summary>A raw calendar year is as good as a centred one, and no point near the maximum is higher.</summary>
    [EveryCultureTheory]
    [InlineData(ScaleLink.Log)]
    [InlineData(ScaleLink.Identity)]
    public void The_maximum_does_not_depend_on_the_units_of_the_moderators(ScaleLink link)
    {
        var raw = LocationScale.Fit(RegressionPeers.Effects, Formula.Parse("~ 1"), Formula.Parse("~ year"), RegressionPeers.Moderators, Ml, link);
        var centred = LocationScale.Fit(RegressionPeers.Effects, Formula.Parse("~ 1"), Formula.Parse("~ I((year - 1965) / 10)"), RegressionPeers.Moderators, Ml, link);
        raw.Fit.LogLikelihood.ShouldBe(centred.Fit.LogLikelihood, 1e-10);
        raw.ScaleCoefficients[1].Estimate.ShouldBe(centred.ScaleCoefficients[1].Estimate / 10, 1e-8);
        raw.Tau2At(ModeratorValues.Of(("year", 1970))).Tau2.ShouldBe(centred.Tau2At(ModeratorValues.Of(("year", 1970))).Tau2, 1e-8);
        raw.ConstantTau2!.Value.Statistic.ShouldBe(2 * (raw.Fit.LogLikelihood - MetaAnalysis.Pool(RegressionPeers.Effects, Ml).Fit.LogLikelihood), 1e-9);
        if (link == ScaleLink.Identity)
        {
            // metafor 3.8.1 ends at -11.9190519753923 with a Hessian that it cannot invert.
            raw.Fit.LogLikelihood.ShouldBeGreaterThanOrEqualTo(-11.9190519753923 - 1e-9);
        }
    }

    [EveryCultureFact]
    public void Bad_requests_say_what_is_wrong()
    {
        var (one, year) = (Formula.Parse("~ 1"), Formula.Parse("~ year"));
        Should.Throw<ArgumentException>(() => LocationScale.Fit(RegressionPeers.Effects, one, year, RegressionPeers.Moderators, new PoolingOptions { Method = PoolingMethod.DL }))
            .Message.ShouldContain("REML or ML, not DL");
        Should.Throw<PoolingException>(() => LocationScale.Fit(RegressionPeers.Effects, one, Formula.Parse("~ factor(year) + alloc"), RegressionPeers.Moderators))
            .Message.ShouldContain("13 studies with all their values cannot carry 1 coefficients");
        Should.Throw<PoolingException>(() => LocationScale.Fit(RegressionPeers.Effects, one, Formula.Parse("~ year + I(2 * year)"), RegressionPeers.Moderators))
            .Message.ShouldContain("cannot be told apart");
        var result = LocationScale.Fit(RegressionPeers.Effects, Formula.Parse("~ ablat"), year, RegressionPeers.Moderators);
        Should.Throw<ArgumentException>(() => result.Predict(("ablat", 30))).Message.ShouldContain("Give a value of 'year'");
        Should.Throw<ArgumentException>(() => result.Predict(("ablat", 30), ("year", 1950), ("alloc", "random"))).Message.ShouldContain("no moderator 'alloc'");
        result.Predict(("ablat", 30), ("year", 1900)).Notes.Single().ShouldContain("year = 1900 lies beyond the studies");
    }

    [EveryCultureFact]
    public void A_likelihood_without_a_maximum_is_told()
    {
        // The first five agree more closely than chance lets them, so their ln tau^2 has no lower end.
        double[] y = [0, 0, 0, 0, 0, -2, 3, 1, -1, 2];
        var effects = Measures.GEN.Compute(new EffectData { ["yi"] = y, ["vi"] = [.. y.Select(_ => 0.1)] });
        var kind = Predictor.Categorical("kind", ["a", "a", "a", "a", "a", "b", "b", "b", "b", "b"]);
        var result = LocationScale.Fit(effects, Formula.Parse("~ 1"), Formula.Parse("~ kind"), [kind], Reml);
        result.StudyTau2[0].ShouldBeLessThan(1e-6);
        result.ScaleCoefficients.ShouldAllBe(c => c.StandardError == null && c.PValue == null);
        result.Notes.Single().ShouldContain("are not determined");
        var identity = LocationScale.Fit(effects, Formula.Parse("~ 1"), Formula.Parse("~ kind"), [kind], Reml, ScaleLink.Identity);
        identity.StudyTau2[0].ShouldBe(0);
        Likelihood(identity).ShouldBe(Likelihood(result), 1e-5);
    }

    [EveryCultureFact]
    public void A_study_without_a_moderator_of_either_part_is_named()
    {
        var result = Fit("~ ni100", "~ kind", Reml, ScaleLink.Log);
        result.Excluded.Single().ShouldBe(new ExcludedStudy("3", 2, "the moderator 'kind' is missing") with { Label = result.Excluded[0].Label });
    }

    private static LocationScaleResult Fit(string location, string scale, PoolingOptions options, ScaleLink link)
    {
        var data = RegressionPeers.Root.GetProperty("bangertdrowns");
        double[] ni = RegressionPeers.Numbers(data.GetProperty("ni100"));
        var effects = Measures.GEN.Compute(new EffectData { ["yi"] = RegressionPeers.Numbers(data.GetProperty("yi")), ["vi"] = RegressionPeers.Numbers(data.GetProperty("vi")) });
        string?[] kinds = [.. ni.Select((n, i) => i == 2 ? null : n > 1 ? "large" : "small")];
        return LocationScale.Fit(
            effects, Formula.Parse(location), Formula.Parse(scale), [Predictor.Numeric("ni100", ni), Predictor.Categorical("kind", kinds)], options, link);
    }

    private static double Likelihood(LocationScaleResult result) =>
        result.Options.Method == PoolingMethod.ML ? result.Fit.LogLikelihood : result.Fit.RestrictedLogLikelihood;

    private static DesignMatrix Design(JsonElement rows, params string[] names)
    {
        double[][] values = [.. rows.EnumerateArray().Select(RegressionPeers.Numbers)];
        return DesignMatrix.FromRows(names[..values[0].Length], values);
    }

    private static void Near(IEnumerable<double> actual, JsonElement expected, double tolerance)
    {
        double[] values = [.. actual], wanted = RegressionPeers.Numbers(expected);
        values.Length.ShouldBe(wanted.Length);
        for (var i = 0; i < values.Length; i++)
        {
            values[i].ShouldBe(wanted[i], tolerance * Math.Abs(wanted[i]));
        }
    }
}
