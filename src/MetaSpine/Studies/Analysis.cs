namespace MetaSpine;

/// <summary>One question that a review puts to its studies: which numbers are pooled, and how.</summary>
/// <remarks>
/// Measure, method, test and the like are kept as the codes that the file writes; the pooling checks them and names
/// <see cref="FileRecord.PositionOf"/> where it knows no such code.
/// </remarks>
public sealed record Analysis : FileRecord
{
    /// <summary>The name by which it is asked for.</summary>
    public required string Id { get; init; }

    /// <summary>The name that readers see.</summary>
    public string? Title { get; init; }

    /// <summary>The outcome that is pooled.</summary>
    public required string Outcome { get; init; }

    /// <summary>The effect measure's code: PLO, RR, SMD.</summary>
    public required string Measure { get; init; }

    /// <summary>The method's code: REML, DL, EE. Absent: the default of the pooling.</summary>
    public string? Method { get; init; }

    /// <summary>The test's code: knha, z, t; beside <see cref="Random"/> satterthwaite, z, t, contain, kenward-roger. Absent: the default of the pooling.</summary>
    public string? Test { get; init; }

    /// <summary>The level of the intervals as a proportion. Absent: 0.95.</summary>
    public double? Level { get; init; }

    /// <summary>The program whose defaults hold where this analysis says nothing else (metafor, meta, cochrane, ...). Absent: our own.</summary>
    public string? Profile { get; init; }

    /// <summary>The kind of prediction interval. Absent: the default of the pooling.</summary>
    public string? Prediction { get; init; }

    /// <summary>The kind of interval for tau^2, from which those of I^2 and H^2 follow. Absent: the default of the pooling.</summary>
    public string? Tau2Interval { get; init; }

    /// <summary>A value at which tau^2 is fixed, on the analysis scale. Absent: it is estimated.</summary>
    public double? Tau2 { get; init; }

    /// <summary>The moderator that gives each study its weight, or <c>equal</c>. Absent: inverse variances.</summary>
    public string? Weights { get; init; }

    /// <summary>What is added to the cells of a table with a zero. Absent: the measure's own default.</summary>
    public double? Add { get; init; }

    /// <summary>To which tables it is added: only0, all, if0all, none.</summary>
    public string? To { get; init; }

    /// <summary>Whether studies without any event (or with only events) in both arms are left out.</summary>
    public bool? Drop00 { get; init; }

    /// <summary>Whether every estimate's sign is turned, where the scale runs the other way; for measures with no effect at 0. Absent: no.</summary>
    public bool? Flip { get; init; }

    /// <summary>The kind of sampling variance, as the measure names it.</summary>
    public string? VarianceType { get; init; }

    /// <summary>The moderator by whose categories the studies are pooled apart; <c>risk_of_bias</c> for the overall judgement.</summary>
    public string? Subgroup { get; init; }

    /// <summary>Whether subgroups have each their own tau^2 (separate) or share one (common). Absent: separate.</summary>
    public string? SubgroupTau2 { get; init; }

    /// <summary>The moderators of a meta-regression.</summary>
    public ValueList<string> Moderators { get; init; } = [];

    /// <summary>A meta-regression as a formula, in place of <see cref="Moderators"/>: <c>~ ablat + factor(alloc)</c>.</summary>
    public string? Formula { get; init; }

    /// <summary>The moderators of tau^2 in a location-scale model, as a formula: <c>~ ablat</c>. Those of the mean are the meta-regression's.</summary>
    public string? Scale { get; init; }

    /// <summary>How tau^2 follows from its moderators: log, identity. Absent: log.</summary>
    public string? ScaleLink { get; init; }

    /// <summary>The random effects of a model of dependent effects: <c>study/effect</c>. Empty: each study has one effect, independent of the others.</summary>
    public ValueList<RandomEffects> Random { get; init; } = [];

    /// <summary>The assumed correlation of the sampling errors of effects of one <see cref="Cluster"/>, beside <see cref="Random"/>. Absent: they are independent.</summary>
    public double? Rho { get; init; }

    /// <summary>The moderator that says which studies depend on each other (a laboratory, a registry), or <c>study</c> itself; standard errors then allow for it.</summary>
    public string? Cluster { get; init; }

    /// <summary>The kind of cluster-robust covariance: CR2, CR3, CR1, CR1p, CR1S, CR0. Absent: CR2.</summary>
    public string? Robust { get; init; }

    /// <summary>Inference shown beside the main result: permutation, permutation-intervals, bootstrap, parametric-bootstrap, henmi-copas, profile-likelihood, all-subsets, nagashima, terms.</summary>
    public ValueList<string> Also { get; init; } = [];

    /// <summary>The smallest effect that matters, on the scale that people read: the share of settings beyond it is shown.</summary>
    public double? Threshold { get; init; }

    /// <summary>Where the meta-regression predicts, each a value for every moderator: <c>ablat = 33.5, alloc = random</c>.</summary>
    public ValueList<string> Predict { get; init; } = [];

    /// <summary>What the studies are pooled by: inverse-variance, mantel-haenszel, peto, glmm, beta-binomial, exact. Absent: inverse-variance.</summary>
    public string? Model { get; init; }

    /// <summary>Which model for counts, under the model glmm: CM.EL, CM.AL, UM.FS, UM.RS. Absent: CM.EL.</summary>
    public string? Glmm { get; init; }

    /// <summary>Under the model glmm with UM.RS: whether studies without an event in both arms, or with nothing but events, stay. Absent: no.</summary>
    public bool? KeepDoubleZeros { get; init; }

    /// <summary>Under the model glmm with UM.RS: whether baseline and effect may be correlated. Absent: no.</summary>
    public bool? Correlated { get; init; }

    /// <summary>Whether the small-sample bias of the measure is corrected; under the model mantel-haenszel, whether the Cochran-Mantel-Haenszel test has its continuity correction. Absent: yes.</summary>
    public bool? Correct { get; init; }

    /// <summary>Under the model exact: how its test and interval count the observed number, mid-p or fisher. Absent: mid-p.</summary>
    public string? Exact { get; init; }

    /// <summary>How means and SDs are estimated from medians: luo-shi, qe, mln, ... Absent: a study that reports a median is not pooled as a mean.</summary>
    public string? Medians { get; init; }

    /// <summary>The group whose results are taken, where studies report several; <c>each</c> for every one as a row of its own, and then <c>subgroup: group</c> pools them apart.</summary>
    public string? Group { get; init; }

    /// <summary>The arm whose results are taken, where single arms are pooled and studies report several.</summary>
    public string? Arm { get; init; }

    /// <summary>The two arms that are compared; absent, the arms' roles decide.</summary>
    public Comparison? Comparison { get; init; }

    /// <summary>Which time of measurement is taken from a study that has several.</summary>
    public TimepointChoice? Timepoint { get; init; }

    /// <summary>The studies that are left out: by their ids, each with its reason, or by the overall judgement of their risk of bias.</summary>
    public ValueList<Exclusion> Exclude { get; init; } = [];

    /// <summary>Remarks.</summary>
    public string? Notes { get; init; }

    /// <summary>What <see cref="Group"/> says for every group of a study as a row of its own, and what <see cref="Subgroup"/> then calls them.</summary>
    internal const string EachGroup = "each", ByGroup = "group";

    /// <summary>What groups effects without a moderator of that name: the study that an effect comes from, and the effect itself.</summary>
    internal const string ByStudy = "study", ByEffect = "effect";

    /// <summary>Whether the subgroups are the groups that studies report, and no moderator.</summary>
    internal bool HasGroupsAsSubgroups => Group == EachGroup && Subgroup == ByGroup;

    private static readonly TextCodec Code = new("a code such as REML");
    private static readonly TextCodec PredictText = new("values such as ablat = 33.5, alloc = random");
    private static readonly TextCodec FurtherCode = new("a code such as permutation");
    private static readonly PlainNumberCodec LevelCodec = new("a level between 0 and 1, such as 0.95", v => v is > 0 and < 1,
        v => v is > 1 and < 100 ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"write {(decimal)v / 100}") : null);
    private static readonly PlainNumberCodec Tau2Codec = new("a variance from 0, such as 0.05", v => v >= 0 && double.IsFinite(v));
    private static readonly PlainNumberCodec ThresholdCodec = new("a number, such as 0.9", double.IsFinite);
    private static readonly PlainNumberCodec RhoCodec = new("a correlation from -1 to 1, such as 0.6", v => v is >= -1 and <= 1);
    private static readonly PlainNumberCodec AddCodec = new("a number from 0, such as 0.5", v => v >= 0);

    internal static readonly Shape<Analysis> Shape = new("Analysis", "One question that the review puts to its studies.",
            () => new() { Id = "", Outcome = "", Measure = "" }, keys => keys
        .Required("id", "The name by which it is asked for.", Codecs.Id, a => a.Id, (a, v) => a with { Id = v })
        .Optional("title", "The name that readers see.", Codecs.Text, a => a.Title, (a, v) => a with { Title = v })
        .Required("outcome", "The outcome that is pooled.", Codecs.Id, a => a.Outcome, (a, v) => a with { Outcome = v })
        .Required("measure", "The effect measure: PLO, RR, SMD, ...", Code, a => a.Measure, (a, v) => a with { Measure = v })
        .Optional("method", "The method: REML, DL, EE, ...", Code, a => a.Method, (a, v) => a with { Method = v })
        .Optional("test", "The test: knha, z, t, ...; beside random satterthwaite, z, t, contain, kenward-roger.", Code, a => a.Test, (a, v) => a with { Test = v })
        .Value("level", "The level of the intervals, such as 0.95.", LevelCodec, a => a.Level, (a, v) => a with { Level = v })
        .Optional("profile", "The program whose defaults hold: metafor, meta, cochrane, revman5, stata, recommended.", Code,
            a => a.Profile, (a, v) => a with { Profile = v })
        .Optional("prediction", "The kind of prediction interval.", Code, a => a.Prediction, (a, v) => a with { Prediction = v })
        .Optional("tau2_interval", "The kind of interval for tau^2.", Code, a => a.Tau2Interval, (a, v) => a with { Tau2Interval = v })
        .Value("tau2", "A value at which tau^2 is fixed, on the analysis scale.", Tau2Codec, a => a.Tau2, (a, v) => a with { Tau2 = v })
        .Optional("weights", "The moderator that gives each study its weight, or equal.", Codecs.Id, a => a.Weights, (a, v) => a with { Weights = v })
        .Value("add", "What is added to the cells of a table with a zero.", AddCodec, a => a.Add, (a, v) => a with { Add = v })
        .Optional("to", "To which tables it is added: only0, all, if0all, none.", Code, a => a.To, (a, v) => a with { To = v })
        .Value("drop00", "Whether studies without any event in both arms are left out.", Codecs.Flag,
            a => a.Drop00, (a, v) => a with { Drop00 = v })
        .Value("flip", "Whether every estimate's sign is turned, where the scale runs the other way.", Codecs.Flag, a => a.Flip, (a, v) => a with { Flip = v })
        .Optional("vtype", "The kind of sampling variance.", Code, a => a.VarianceType, (a, v) => a with { VarianceType = v })
        .Optional("subgroup", "The moderator by whose categories the studies are pooled apart; group, beside group: each, for their groups; risk_of_bias for the overall judgement.", Codecs.Id,
            a => a.Subgroup, (a, v) => a with { Subgroup = v })
        .Optional("subgroup_tau2", "Whether subgroups have each their own tau^2 or share one: separate, common.", Code,
            a => a.SubgroupTau2, (a, v) => a with { SubgroupTau2 = v })
        .List("moderators", "The moderators of a meta-regression.", Codecs.Id, a => a.Moderators, (a, v) => a with { Moderators = v })
        .Optional("formula", "A meta-regression as a formula, in place of moderators: ~ ablat + factor(alloc).", Code,
            a => a.Formula, (a, v) => a with { Formula = v })
        .Optional("scale", "The moderators of tau^2 in a location-scale model, as a formula: ~ ablat.", Code,
            a => a.Scale, (a, v) => a with { Scale = v })
        .Optional("scale_link", "How tau^2 follows from its moderators: log, identity.", Code, a => a.ScaleLink, (a, v) => a with { ScaleLink = v })
        .Many("random", "The random effects of a model of dependent effects: study/effect; or a list of terms, such as {term: outcome | study, structure: UN}.",
            new RandomEffects.ManyCodec(), a => a.Random, (a, v) => a with { Random = v })
        .Value("rho", "The assumed correlation of the sampling errors of effects of one cluster, beside random.", RhoCodec, a => a.Rho, (a, v) => a with { Rho = v })
        .Optional("cluster", "The moderator that says which studies depend on each other, or study itself.", Codecs.Id, a => a.Cluster, (a, v) => a with { Cluster = v })
        .Optional("robust", "The kind of cluster-robust covariance: CR2, CR3, CR1, CR1p, CR1S, CR0.", Code, a => a.Robust, (a, v) => a with { Robust = v })
        .List("also", "Inference shown beside the main result: permutation, permutation-intervals, bootstrap, parametric-bootstrap, henmi-copas, profile-likelihood, all-subsets, nagashima, terms.", FurtherCode,
            a => a.Also, (a, v) => a with { Also = v })
        .Value("threshold", "The smallest effect that matters, as readers see it, such as 0.9 for a risk ratio: the share of settings beyond it is shown.", ThresholdCodec,
            a => a.Threshold, (a, v) => a with { Threshold = v })
        .List("predict", "Where the meta-regression predicts, each a value for every moderator: ablat = 33.5, alloc = random.", PredictText,
            a => a.Predict, (a, v) => a with { Predict = v })
        .Optional("model", "What the studies are pooled by: inverse-variance, mantel-haenszel, peto, glmm, beta-binomial, exact.", Code,
            a => a.Model, (a, v) => a with { Model = v })
        .Optional("glmm", "Which model for counts: CM.EL, CM.AL, UM.FS, UM.RS.", Code, a => a.Glmm, (a, v) => a with { Glmm = v })
        .Value("keep_double_zeros", "Under glmm: UM.RS, whether studies without an event in both arms stay.", Codecs.Flag,
            a => a.KeepDoubleZeros, (a, v) => a with { KeepDoubleZeros = v })
        .Value("correlated", "Under glmm: UM.RS, whether baseline and effect may be correlated.", Codecs.Flag, a => a.Correlated, (a, v) => a with { Correlated = v })
        .Value("correct", "Whether the measure's small-sample bias is corrected; under mantel-haenszel, whether the test has its continuity correction.", Codecs.Flag, a => a.Correct, (a, v) => a with { Correct = v })
        .Optional("exact", "Under exact, how the observed number is counted: mid-p, fisher.", Code, a => a.Exact, (a, v) => a with { Exact = v })
        .Optional("medians", "How means are estimated from medians: luo-shi, qe, box-cox, mln, ...", Code,
            a => a.Medians, (a, v) => a with { Medians = v })
        .Optional("group", "The group whose results are taken; each: every group of a study is a row of its own.", Codecs.Id, a => a.Group, (a, v) => a with { Group = v })
        .Optional("arm", "The arm whose results are taken, where single arms are pooled.", Codecs.Id,
            a => a.Arm, (a, v) => a with { Arm = v })
        .Optional("comparison", "The two arms that are compared; otherwise the arms' roles decide.", MetaSpine.Comparison.Shape,
            a => a.Comparison, (a, v) => a with { Comparison = v })
        .Optional("timepoint", "Which time of measurement is taken from a study that has several.", TimepointChoice.Shape,
            a => a.Timepoint, (a, v) => a with { Timepoint = v })
        .List("exclude", "The studies that are left out: by their ids, each with its reason, or by their risk of bias.", Exclusion.Shape,
            a => a.Exclude, (a, v) => a with { Exclude = v })
        .Optional("notes", "Remarks.", Codecs.Text, a => a.Notes, (a, v) => a with { Notes = v }));
}

/// <summary>Which end of the follow-up is taken.</summary>
public enum TimepointRule
{
    /// <summary>The latest measurement.</summary>
    Latest,

    /// <summary>The earliest measurement.</summary>
    Earliest,
}

/// <summary>Which time of measurement an analysis takes from a study that has several.</summary>
public sealed record TimepointChoice : FileRecord
{
    /// <summary>Timepoints by preference: the first that a study has is taken.</summary>
    public ValueList<string> Prefer { get; init; } = [];

    /// <summary>What is taken from a study that has none of the preferred.</summary>
    public TimepointRule? Take { get; init; }

    /// <summary>The reason for the choice.</summary>
    public string? Why { get; init; }

    private static readonly Choices<TimepointRule> Rules = new("a rule", ("latest", TimepointRule.Latest), ("earliest", TimepointRule.Earliest));

    internal static readonly Shape<TimepointChoice> Shape = new("TimepointChoice", "Which time of measurement is taken.", () => new(), keys => keys
        .List("prefer", "Timepoints by preference: the first that a study has is taken.", Codecs.Id,
            t => t.Prefer, (t, v) => t with { Prefer = v })
        .Value("take", "What is taken from a study that has none of the preferred.", Rules, t => t.Take, (t, v) => t with { Take = v })
        .Optional("why", "The reason for the choice.", Codecs.Text, t => t.Why, (t, v) => t with { Why = v }));
}
