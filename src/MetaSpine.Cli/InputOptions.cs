using System.CommandLine;

namespace MetaSpine.Cli;

/// <summary>The options that say how studies are read and pooled, shared by the commands that do so.</summary>
internal sealed partial class InputOptions
{
    private readonly Argument<string> _file = new("FILE") { Description = "A table of studies (.csv; - reads it from standard input), or a study or review file (.yaml)." };

    private readonly Option<string?> _analysis = new("--analysis", "-a") { Description = "Only this analysis of a review.", HelpName = "ID" };

    private readonly Option<string?> _outcome = new("--outcome") { Description = "Only the analyses of this outcome.", HelpName = "ID" };

    private readonly Option<string?> _measure = new("--measure", "-m")
    {
        Description = "The effect-size measure, such as OR, SMD or PLO; metaspine measures lists them.", HelpName = "CODE",
    };

    private readonly TableInputOptions _table = new();

    private readonly Option<string?> _method = new("--method")
    {
        Description = $"{string.Join(", ", MethodNames.Methods.Select(method => method.Code))}. Default: REML.", HelpName = "CODE",
    };

    private readonly Option<string?> _test = new("--test")
    {
        Description = $"{string.Join(", ", MethodNames.Tests.Select(test => test.Code))}. Default: knha, Knapp-Hartung. Beside --random: {Codes(MultilevelNames.Tests)}; default: satterthwaite.", HelpName = "CODE",
    };

    private readonly Option<string?> _profile = new("--profile")
    {
        Description = $"Begin with the defaults of another program: {string.Join(", ", PoolingProfiles.All.Select(profile => profile.Code))}.", HelpName = "NAME",
    };

    private readonly Option<string?> _prediction = new("--prediction")
    {
        Description = $"The prediction interval: {string.Join(", ", MethodNames.Predictions.Select(prediction => prediction.Code))}.", HelpName = "CODE",
    };

    private readonly Option<string?> _tau2Interval = new("--tau2-interval")
    {
        Description = $"The interval of τ²: {string.Join(", ", MethodNames.Tau2Intervals.Select(interval => interval.Code))}. Default: QP.", HelpName = "CODE",
    };

    private readonly Option<string?> _subgroup = new("--subgroup") { Description = "Pool the studies apart by a column of the table, or a moderator of the review; risk_of_bias: by the overall judgement.", HelpName = "NAME" };

    private readonly Option<string?> _excludeRisk = new("--exclude-risk-of-bias")
    {
        Description = "Leave out the studies of a review whose overall risk of bias is judged so: --exclude-risk-of-bias high,critical.", HelpName = "WORDS",
    };

    private readonly Option<string?> _subgroupTau2 = new("--subgroup-tau2")
    {
        Description = $"Whether subgroups share τ²: {Codes(ModelNames.SubgroupTau2s)}. Default: separate.", HelpName = "CODE",
    };

    private readonly Option<string?> _formula = new("--formula")
    {
        Description = "A meta-regression on columns or moderators: --formula \"~ year + factor(alloc)\".", HelpName = "FORMULA",
    };

    private readonly Option<string?> _model = new("--model") { Description = $"{Codes(ModelNames.Models)}. Default: inverse-variance.", HelpName = "CODE" };

    private readonly Option<string?> _glmm = new("--glmm")
    {
        Description = $"The model for counts, and so --model glmm: {Codes(ModelNames.CountModels)}. Default: CM.EL.", HelpName = "CODE",
    };

    private readonly Option<string?> _scale = new("--scale")
    {
        Description = "The moderators of τ² in a location-scale model: --scale \"~ year\"; those of the mean are --formula's.", HelpName = "FORMULA",
    };

    private readonly Option<string?> _scaleLink = new("--scale-link") { Description = $"How τ² follows from them: {Codes(ModelNames.ScaleLinks)}. Default: log.", HelpName = "CODE" };

    private readonly Option<string[]> _random = new("--random")
    {
        Description = "The random effects of a model of dependent effects, once for each term: --random study/effect, --random \"outcome | study\". Columns or moderators, study and effect.", HelpName = "TERM",
    };

    private readonly Option<string?> _structure = new("--structure") { Description = $"How the effects of one level depend on each other, in terms with a bar: {Codes(MultilevelNames.Structures)}. Default: CS.", HelpName = "CODE" };

    private readonly Option<string?> _rho = new("--rho") { Description = "The assumed correlation of the sampling errors of effects of one --cluster, beside --random. Default: independent.", HelpName = "NUMBER" };

    private readonly Option<string?> _cluster = new("--cluster")
    {
        Description = "A column or moderator that says which studies depend on each other, or study; shows cluster-robust standard errors.", HelpName = "NAME",
    };

    private readonly Option<string?> _robust = new("--robust") { Description = $"Their kind: {Codes(ModelNames.Robusts)}. Default: CR2.", HelpName = "CODE" };

    private readonly Option<string?> _also = new("--also") { Description = $"Shown beside the result, separated by commas: {Codes(ModelNames.Further)}.", HelpName = "CODES" };

    private readonly Option<string?> _threshold = new("--threshold")
    {
        Description = "The smallest effect that matters, as readers see it (0.9 for a risk ratio): shows the share of settings beyond it.", HelpName = "NUMBER",
    };

    private readonly Option<string[]> _predict = new("--predict")
    {
        Description = "Where the meta-regression predicts, once for each set of values: --predict \"ablat = 33.5, alloc = random\".", HelpName = "VALUES",
    };

    private readonly Option<string?> _tau2 = new("--tau2") { Description = "Fix τ² at this value, on the scale of the analysis, in place of an estimate.", HelpName = "NUMBER" };

    private readonly Option<string?> _weights = new("--weights")
    {
        Description = "A column or moderator of weights in place of inverse variances, or equal; --method GENQ takes them to estimate τ² too.", HelpName = "NAME",
    };

    private readonly Option<bool> _keepDoubleZeros = new("--keep-double-zeros") { Description = "Under --glmm UM.RS: keep studies without an event, or with nothing but events, in both groups." };

    private readonly Option<bool> _correlated = new("--correlated") { Description = "Under --glmm UM.RS: let baseline and effect be correlated." };

    private readonly Option<bool> _noCorrect = new("--no-correct") { Description = "SMD, ROM and the like without the correction of their small-sample bias; under --model mantel-haenszel the test without its continuity correction." };

    private readonly Option<string?> _exact = new("--exact") { Description = $"How the exact model counts, and so --model exact: {Codes(ModelNames.ExactTails)}. Default: mid-p.", HelpName = "CODE" };

    private readonly Option<string?> _medians = new("--medians")
    {
        Description = $"How means are estimated where a study file reports a median: {Codes(ModelNames.Medians)}.", HelpName = "CODE",
    };

    private readonly Option<string?> _add = new("--add") { Description = "What is added to counts of zero. Default: 0.5 where the measure needs it.", HelpName = "NUMBER" };

    private readonly Option<string?> _to = new("--to")
    {
        Description = $"To which studies it is added: {string.Join(", ", MethodNames.ZeroCellRules.Select(rule => rule.Code))}. Default: only0.", HelpName = "RULE",
    };

    private readonly Option<bool> _drop00 = new("--drop00") { Description = "Leave out studies without an event, or with nothing but events, in both groups." };

    private readonly Option<bool> _flip = new("--flip") { Description = "Turn the sign of every estimate: the scale runs the other way." };

    private readonly Option<string?> _vtype = new("--vtype") { Description = "The sampling variance; metaspine measures lists those of each measure.", HelpName = "CODE" };

    private readonly Option<string?> _level = new("--level") { Description = "The level of all intervals in percent. Default: 95.", HelpName = "PERCENT" };

    public void AddEffectsTo(Command command)
    {
        command.Add(_file);
        command.Add(_analysis);
        command.Add(_outcome);
        command.Add(_measure);
        _table.AddTo(command);
        command.Add(_profile);
        command.Add(_add);
        command.Add(_to);
        command.Add(_drop00);
        command.Add(_flip);
        command.Add(_vtype);
    }

    public void AddPoolingTo(Command command)
    {
        AddEffectsTo(command);
        command.Add(_method);
        command.Add(_test);
        command.Add(_prediction);
        command.Add(_tau2Interval);
        command.Add(_level);
        command.Add(_subgroup);
        command.Add(_excludeRisk);
        command.Add(_subgroupTau2);
    }

    public void AddModelsTo(Command command)
    {
        command.Add(_formula);
        command.Add(_model);
        command.Add(_glmm);
        command.Add(_scale);
        command.Add(_scaleLink);
        command.Add(_random);
        command.Add(_structure);
        command.Add(_rho);
        command.Add(_cluster);
        command.Add(_robust);
        command.Add(_also);
        command.Add(_threshold);
        command.Add(_predict);
        command.Add(_tau2);
        command.Add(_weights);
        command.Add(_keepDoubleZeros);
        command.Add(_correlated);
        command.Add(_noCorrect);
        command.Add(_exact);
        command.Add(_medians);
    }

    private static string Codes(IEnumerable<MethodName> names) => string.Join(", ", names.Select(name => name.Code));
}
