namespace MetaSpine.Tests;

/// <summary>Matrices V of assumed and reported correlations against metafor's vcalc and rcalc, and what they refuse.</summary>
public sealed class AssumedCovarianceTests
{
    private static readonly KnownCorrelation Scales = new(["BDI", "HDRS", "PHQ"], CovarianceReference.Rows(CovarianceReference.Root.GetProperty("scales")));
    private static readonly KnownCorrelation Outcomes = new(["mood", "sleep"], CovarianceReference.Rows(CovarianceReference.Root.GetProperty("outcomes")));
    private static readonly Predictor Scale = CovarianceReference.Column("scale"), Outcome = CovarianceReference.Column("outcome");
    private static readonly Predictor Week = CovarianceReference.Column("week"), Base = CovarianceReference.Column("base");

    public static TheoryData<string> Cases => [.. CovarianceReference.Root.GetProperty("vcalc").EnumerateObject().Select(property => property.Name)];

    private static SamplingDependence Groups => CovarianceReference.Dependence with { Group1 = CovarianceReference.Column("first"), Group2 = CovarianceReference.Column("second") };

    private static SamplingDependence Sizes => Groups with { Weight1 = CovarianceReference.Column("n1"), Weight2 = CovarianceReference.Column("n2") };

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_same_inputs_give_the_matrix_of_vcalc(string name)
    {
        var plain = CovarianceReference.Dependence;
        var within = CovarianceReference.Column("within");
        var dependence = name switch
        {
            "observation" => plain with { Observation = Scale, ObservationRho = .6 },
            "type" => plain with { Type = Outcome, TypeRho = .4 },
            "subgroup" => plain with { Subgroup = CovarianceReference.Column("subgroup"), Type = Outcome, TypeRho = .4 },
            "both" => plain with { Observation = Scale, ObservationRho = .7, Type = Outcome, TypeRho = .5 },
            "matrices" => plain with { Observation = Scale, ObservationCorrelations = Scales, Type = Outcome, TypeCorrelations = Outcomes },
            "observationMatrix" => plain with { Observation = Scale, ObservationCorrelations = Scales },
            "time" => plain with { Time1 = Week, Phi = .8 },
            "timeAndObservation" => plain with { Observation = Scale, ObservationRho = .6, Time1 = Week, Phi = .8 },
            "groups" => Groups,
            "sizes" => Sizes,
            "sizesAndObservation" => Sizes with { Observation = Scale, ObservationRho = .6 },
            "groupsAndTime" => Sizes with { Time1 = Week, Phi = .9 },
            "times" => Sizes with { Time1 = Week, Time2 = Base, Phi = .85 },
            "withinGroups" => plain with { Group1 = within, Group2 = within, Time1 = Week, Time2 = Base, Phi = .85, Type = Outcome, TypeRho = .5 },
            _ => throw new InvalidOperationException(name),
        };
        SamplingCovariance.Assumed(CovarianceReference.Variances, dependence).ShouldBe(CovarianceReference.Rows(CovarianceReference.Root.GetProperty("vcalc").GetProperty(name)));
    }

    [Fact]
    public void Reported_correlations_are_read_as_rvars()
    {
        var rows = CovarianceReference.Rows(CovarianceReference.Root.GetProperty("rows"));
        SamplingCovariance.FromCorrelations(CovarianceReference.Variances, CovarianceReference.Study, rows).ShouldBe(CovarianceReference.Rows(CovarianceReference.Root.GetProperty("reported")));
        rows[2][1] = double.NaN;
        Should.Throw<ArgumentException>(() => SamplingCovariance.FromCorrelations(CovarianceReference.Variances, CovarianceReference.Study, rows))
            .Message.ShouldStartWith("Row 3 lacks its value with row 2: effect 3 of study 1 needs 3 values, those with the effects before it and itself.");
    }

    [Fact]
    public void One_correlation_within_clusters_is_an_observation_each()
    {
        var each = Predictor.Numeric("effect", [.. Enumerable.Range(0, 18).Select(i => (double)i)]);
        var expected = SamplingCovariance.Assumed(CovarianceReference.Variances, CovarianceReference.Dependence with { Observation = each, ObservationRho = .3 });
        var actual = SamplingCovariance.WithinClusters(CovarianceReference.Variances, CovarianceReference.Study, .3);
        actual.ShouldBe([.. Enumerable.Range(0, 18).Select(i => (double[])[.. Enumerable.Range(0, 18).Select(j => expected[i, j])])]);
        actual[0, 1].ShouldBe(.3 * Math.Sqrt(actual[0, 0] * actual[1, 1]), 1e-15);
    }

    [Fact]
    public void An_effect_without_a_variance_stands_alone_and_needs_no_cluster()
    {
        var v = SamplingCovariance.WithinClusters([1, double.NaN, 4], Predictor.Categorical("study", ["a", null, "a"]), .5);
        v[0, 2].ShouldBe(1);
        v[1, 1].ShouldBe(double.NaN);
    }

    [Theory]
    [InlineData("raw")]
    [InlineData("z")]
    [InlineData("harmonic")]
    [InlineData("mean")]
    public void Correlations_of_the_same_people_have_the_covariances_of_rcalc(string name)
    {
        var (data, expected) = (CovarianceReference.Root.GetProperty("correlations"), CovarianceReference.Root.GetProperty("rcalc").GetProperty(name));
        var size = name switch { "harmonic" => CommonSize.Harmonic, "mean" => CommonSize.Mean, _ => CommonSize.Smallest };
        var result = DependentCorrelations.Compute(
            name is "z" or "mean" ? Measures.ZCOR : Measures.COR,
            ReferenceCase.Numbers(data.GetProperty("ri")),
            ReferenceCase.Numbers(data.GetProperty("ni")),
            CovarianceReference.Column(data, "first"),
            CovarianceReference.Column(data, "second"),
            CovarianceReference.Column(data, "study"),
            size);
        result.Covariance.ShouldBe(CovarianceReference.Rows(expected.GetProperty("V")));
        result.Effects.Studies.Select(effect => effect.Size).ShouldBeNear(ReferenceCase.Numbers(expected.GetProperty("n")), 1e-14, "sizes");
        result.Effects.Studies[0].Label.ShouldBe("1: w, x");
    }

    [Fact]
    public void A_covariance_that_depends_on_a_correlation_nobody_reports_is_refused()
    {
        var (first, second, study) = (Predictor.Categorical("first", ["w", "w"]), Predictor.Categorical("second", ["x", "y"]), Predictor.Numeric("study", [1, 1]));
        Should.Throw<ArgumentException>(() => DependentCorrelations.Compute(Measures.ZCOR, [.3, .4], [50, 50], first, second, study)).Message.ShouldBe(
            "The covariance of the correlations of 'w' and 'y' and of 'w' and 'x' in study 1 depends on that of 'y' and 'x', which is not among the rows: add it (an assumed value, if need be), or leave one of the two out.");
        Should.Throw<ArgumentException>(() => DependentCorrelations.Compute(Measures.ZCOR, [.3, .4], [50, 4], first, second, study)).Message.ShouldStartWith("The correlations of study 1 are of 4 people; their covariances need at least 5.");
        Should.Throw<ArgumentException>(() => DependentCorrelations.Compute(Measures.ZCOR, [.3, .4], [50, 50], first, Predictor.Categorical("second", ["x", "x"]), study))
            .Message.ShouldBe("study 1 has the correlation of 'w' and 'x' twice, in rows 1 and 2: leave one out.");
    }

    [Fact]
    public void Inputs_that_cannot_be_used_are_refused_with_the_reason()
    {
        string Message(SamplingDependence dependence) => Should.Throw<ArgumentException>(() => SamplingCovariance.Assumed(CovarianceReference.Variances, dependence)).Message;
        var plain = CovarianceReference.Dependence;
        Message(plain).ShouldStartWith("Nothing tells the effects of one cluster apart: give Observation, Type, Time1, or Group1 and Group2;");
        Message(plain with { Observation = Scale }).ShouldBe("'scale' needs ObservationRho (one correlation) or ObservationCorrelations (one for each two of its values).");
        Message(plain with { Type = Outcome, TypeRho = 1.2 }).ShouldBe("TypeRho is 1.2; a correlation must lie between -1 and 1.");
        Message(plain with { Type = Outcome, TypeRho = .2, ObservationRho = .4 }).ShouldBe("ObservationRho is given, but not Observation, whose values it is the correlation between.");
        Message(plain with { Time1 = Week }).ShouldStartWith("Time1 and Phi go together");
        Message(plain with { Time1 = Week, Phi = 1.1 }).ShouldStartWith("Phi is 1.1;");
        Message(plain with { Time1 = Outcome, Phi = .5 }).ShouldStartWith("'outcome' must be a number per effect size, not a category");
        Message(plain with { Group1 = Outcome }).ShouldStartWith("Group1 and Group2 go together");
        Message(plain with { Observation = Scale, ObservationCorrelations = Outcomes }).ShouldBe("ObservationCorrelations has no level 'BDI', which 'scale' has in row 1; it has mood, sleep.");
        Message(plain with { Cluster = Predictor.Numeric("study", [1]) }).ShouldStartWith("'study' has 1 values, but there are 18 effect sizes");
        Message(plain with { Type = Predictor.Categorical("kind", [.. Enumerable.Repeat((string?)null, 18)]), TypeRho = .5 }).ShouldStartWith("'kind' is missing in row 1");
        Should.Throw<ArgumentException>(() => SamplingCovariance.WithinClusters([1, -1], Predictor.Numeric("study", [1, 1]), .5)).Message.ShouldStartWith("The variance in row 2 is -1");
    }
}
