using System.Globalization;
using System.Text;

namespace MetaSpine;

/// <summary>R code that repeats a result with the package metafor, from the same numbers, so that a reader can check it with another program.</summary>
/// <remarks>
/// The code holds the data; it needs R with metafor (Viechtbauer 2010, Journal of Statistical Software 36(3):1, doi:10.18637/jss.v036.i03) and
/// nothing else, and prints the same digits. What metafor does not offer is said in a comment.
/// </remarks>
public static class RScript
{
    /// <summary>The code for an analysis: its data, its pooled result, its subgroups and its meta-regression.</summary>
    /// <param name="result">The analysis.</param>
    /// <returns>Lines that end in a line feed; a comment alone where nothing was pooled.</returns>
    public static string For(AnalysisResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var code = new StringBuilder(Comment(result.Title));
        if (result.Overall is not { } overall)
        {
            return code.Append(Comment($"Nothing was pooled: {result.Problem}")).ToString();
        }

        code.Append(Of(overall));
        if (result.Subgroups.Count > 0)
        {
            code.Append(Subgroups(result));
        }

        if (result.Regression is { } regression)
        {
            code.Append(Regression(regression));
        }

        return code.Append(NotRepeated(result)).ToString();
    }

    /// <summary>What the analysis holds beyond the code, so that nobody takes the code for all of it.</summary>
    private static string NotRepeated(AnalysisResult result)
    {
        FurtherResults?[] further = [result.Further, result.RegressionFurther];
        (string Name, bool Has)[] parts =
        [
            ("the location-scale model", result.LocationScale is not null),
            ("the regression of the counts", result.CountRegression is not null),
            ("the regression of the dependent effects", result.MultilevelRegression is not null),
            ("cluster-robust inference", further.Any(results => results?.Robust is not null || results?.MultilevelRobust is not null)),
            ("permutation tests", further.Any(results => results?.Permutation is not null)),
            ("the bootstrap", further.Any(results => results?.Bootstrap is not null || results?.ParametricBootstrap is not null)),
            ("the average over all subsets of the moderators", further.Any(results => results?.AllSubsets is not null)),
            ("the Henmi-Copas interval", further.Any(results => results?.HenmiCopas is not null)),
            ("profile likelihoods", further.Any(results => results?.Profiles.Count > 0)),
        ];
        var names = parts.Where(part => part.Has).Select(part => part.Name).ToList();
        return names.Count == 0 ? "" : Comment($"Not repeated here: {string.Join(", ", names)}.");
    }

    /// <summary>The code for a pooled result, by whichever model.</summary>
    /// <param name="result">The result.</param>
    public static string For(IPooledEffect result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return Of(result);
    }

    private static string Of(IPooledEffect result)
    {
        var code = new StringBuilder("library(metafor)\n");
        var columns = RMeasure.Columns(result.Effects);
        code.Append(Data(result.Effects, columns));
        code.Append(result switch
        {
            PooledResult pooled => EffectSizes(pooled.Effects, columns) + Fit("res", pooled.Options, pooled.StudyCount, "") + Shown(pooled),
            StratifiedResult or CountModelResult when columns.Length == 0 => Comment($"metafor cannot read these counts in the form in which they came, so it has nothing to repeat: {result.ModelName}."),
            StratifiedResult stratified => Fit(stratified, columns),
            CountModelResult model => Fit(model, columns),
            MultilevelPooledResult multilevel => MultilevelScript.Of(multilevel, columns),
            _ => Comment($"metafor has no such model: {result.ModelName}."),
        });
        return code.ToString();
    }

    private static string Data(EffectSizes effects, string[] columns)
    {
        var rows = Enumerable.Range(0, effects.Count);
        var parts = new List<string> { Column("study", rows.Select(row => Text(effects.Studies[row].Label))) };
        parts.AddRange(columns.Length > 0
            ? columns.Select(column => Column(column, rows.Select(row => Number(effects.Data[column][row]))))
            : [Column("yi", effects.Studies.Select(study => Number(study.Estimate))), Column("vi", effects.Studies.Select(study => Number(study.Variance)))]);
        return $"dat <- data.frame(\n{string.Join(",\n", parts)})\n";
    }

    internal static string EffectSizes(EffectSizes effects, string[] columns)
    {
        if (columns.Length == 0)
        {
            return effects.Measure.Code == "GEN" ? "" : Comment($"yi and vi as MetaSpine computed them: {effects.Measure}.");
        }

        var options = effects.Options;
        var more = new StringBuilder();
        if (options.Add is { } add)
        {
            more.Append($", add={Number(add)}");
        }

        if (options.To != ZeroCellRule.OnlyZero)
        {
            more.Append($", to={Text(MethodNames.Of(options.To).Code)}");
        }

        if (options.DropDoubleZero)
        {
            more.Append(", drop00=TRUE");
        }

        if (options.Variance is { } variance && variance != effects.Measure.Variances[0])
        {
            more.Append($", vtype={Text(variance.ToString())}");
        }

        more.Append(options.AddOnlyToEvents ? ", onlyo1=TRUE" : "").Append(options.AddInEstimate ? "" : ", addyi=FALSE").Append(options.AddInVariance ? "" : ", addvi=FALSE");
        var factors = options.Factors is { } f ? $"factor <- c({string.Join(", ", f.Select(Number))})\ndat$yi <- factor * dat$yi\ndat$vi <- factor^2 * dat$vi\n" : "";
        return $"dat <- escalc(measure={Text(effects.Measure.Code)}, {Arguments(columns)}, data=dat, slab=study{more})\n{factors}";
    }

    private static string Fit(string name, PoolingOptions options, int count, string more)
    {
        var code = new StringBuilder();
        var test = options.Test switch
        {
            _ when count == 1 => "z",
            PoolingTest.Z or PoolingTest.T or PoolingTest.KnappHartung or PoolingTest.KnappHartungFloor => MethodNames.Of(options.Test).Code,
            PoolingTest.KenwardRoger => "t",
            _ => "knha",
        };
        if (count > 1 && test != MethodNames.Of(options.Test).Code)
        {
            code.Append(Comment($"metafor has no such test: {MethodNames.Of(options.Test).Name}. The standard error, p-value and intervals differ."));
        }

        code.Append($"{name} <- rma(yi, vi, data=dat{more}, method={Text(MethodNames.Of(options.Method).Code)}, test={Text(test)}, level={Number(100 * options.Level)}");
        code.Append(options.FixedTau2 is { } tau2 ? $", tau2={Number(tau2)}" : "");
        code.Append(options.Weights is { } weights ? $", weights=c({string.Join(", ", weights.Select(Number))})" : "");
        code.Append(options.Weighted ? "" : ", weighted=FALSE");
        code.Append(count == 1 || options.FixedTau2 is not null ? "" : Solved(options.Method));
        return code.Append($")\n{name}\n").ToString();
    }

    /// <summary>metafor stops where tau^2 changes by less than 0.00001, which is much where effects are small; so exactly solved, the digits are the same.</summary>
    private static string Solved(PoolingMethod method) => method switch
    {
        PoolingMethod.REML or PoolingMethod.ML or PoolingMethod.EB => ", control=list(threshold=1e-12, maxiter=1000)",
        PoolingMethod.DLIT or PoolingMethod.SJIT => ", control=list(threshold=1e-12, maxiter=100000)",
        PoolingMethod.PM or PoolingMethod.PMM or PoolingMethod.GENQM => ", control=list(tol=1e-12)",
        _ => "",
    };

    private static string Shown(PooledResult result)
    {
        var options = result.Options;
        var code = new StringBuilder();
        var back = RMeasure.Back(result.Effects);
        code.Append($"predict(res{(back.Length == 0 ? "" : $", transf={back}")})\n");
        if (result.StudyCount > 1 && options.Prediction != PredictionMethod.Standard)
        {
            var quantile = Number((1 + options.Level) / 2);
            var reach = PredictionIntervals.Freedom(result, options.Prediction) is { } freedom ? $"qt({quantile}, df={Number(freedom)})" : $"qnorm({quantile})";
            var spread = options.Prediction == PredictionMethod.Simple ? "sqrt(res$tau2)" : "sqrt(res$tau2 + res$se^2)";
            code.Append(Comment($"The prediction interval was asked for by {MethodNames.Of(options.Prediction).Name}:"));
            code.Append($"{(back.StartsWith("function", StringComparison.Ordinal) ? $"({back})" : back)}(c(coef(res)) + c(-1, 1) * {reach} * {spread})\n");
        }

        if (result.Tau2Interval is not null)
        {
            code.Append(Interval(options));
        }

        if (options.I2From == HeterogeneityBasis.Q)
        {
            code.Append(Comment("I^2 and H^2 are computed from Q here; metafor computes them from tau^2."));
        }

        if (TableCentre.For(result.Effects, result.Options) is not null)
        {
            code.Append(Comment("Q, and so tau^2 by DerSimonian-Laird, is taken around the Mantel-Haenszel estimate here; metafor takes it around the inverse-variance mean."));
        }

        return code.ToString();
    }

    /// <summary>metafor searches the ends of the interval to four digits unless told otherwise.</summary>
    private const string Tight = "control=list(tol=1e-10)";

    private static string Interval(PoolingOptions options)
    {
        var (code, name, _) = MethodNames.Of(options.Tau2Interval);
        return options.Tau2Interval switch
        {
            Tau2IntervalMethod.QProfile => $"confint(res, {Tight})\n",
            Tau2IntervalMethod.GeneralisedQ when options.Method is not (PoolingMethod.GENQ or PoolingMethod.GENQM) =>
                Comment("metafor has the generalised Q interval of tau^2 with the methods GENQ and GENQM alone."),
            Tau2IntervalMethod.HigginsThompson => Comment($"The interval of tau^2 is that of {name}; younger versions of metafor have it: confint(res, type={Text(code)})"),
            Tau2IntervalMethod.ProfileLikelihood => $"confint(res, type={Text(code)}, {Tight})\n",
            _ => $"confint(res, type={Text(code)})\n",
        };
    }

    private static string Fit(StratifiedResult result, string[] columns)
    {
        var isPeto = result.Effects.Measure.Code == "PETO" || result.Method == "Peto";
        return isPeto
            ? $"res <- rma.peto({Arguments(columns)}, data=dat, slab=study, level={Number(100 * result.Options.Level)})\nres\n"
            : $"res <- rma.mh(measure={Text(result.Effects.Measure.Code)}, {Arguments(columns)}, data=dat, slab=study, correct={(result.Options.Correct ? "TRUE" : "FALSE")}, level={Number(100 * result.Options.Level)}{Corrected(result)})\nres\n";
    }

    private static string Corrected(StratifiedResult result) => result.Options.CorrectEstimate && result.Effects.Measure.Code is "OR" or "RR"
        ? ", add=c(1/2, 1/2), to=c(\"only0\", \"only0\"), drop00=c(TRUE, TRUE)"
        : "";

    private static string Fit(CountModelResult result, string[] columns)
    {
        var options = result.Options;
        var model = result.Effects.Measure.NullValue is null ? "" : $", model={Text(ModelNames.Of(options.Model).Code)}";
        var more = (options.KeepDoubleZeros ? ", drop00=FALSE" : "") + (options.Correlated ? ", cor=TRUE" : "");
        return Comment("metafor's likelihoods are less exact: agreement to about four digits is what can be expected.")
            + $"res <- rma.glmm(measure={Text(result.Effects.Measure.Code)}{model}, {Arguments(columns)}, data=dat, slab=study, method={Text(MethodNames.Of(options.Method).Code)}, "
            + $"test={Text(MethodNames.Of(options.Test).Code)}, level={Number(100 * options.Level)}{more})\nres\n";
    }

    private static string Subgroups(AnalysisResult result)
    {
        var code = new StringBuilder();
        var names = new string?[result.Overall!.Effects.Count];
        foreach (var (name, group) in result.Subgroups)
        {
            foreach (var share in group.Shares)
            {
                names[share.Row] = name;
            }
        }

        if (result.Pooled is not { } pooled)
        {
            return Comment("The subgroups repeat the call with the studies of each.");
        }

        code.Append($"dat$subgroup <- c({string.Join(", ", names.Select(name => name is null ? "NA" : Text(name)))})\n");
        if (result.SubgroupTau2 == SubgroupTau2.Common)
        {
            return code.Append(Fit("groups", pooled.Options, pooled.StudyCount, ", mods = ~ 0 + subgroup")).ToString();
        }

        foreach (var (index, (name, group)) in result.Subgroups.Index())
        {
            code.Append(Fit(FormattableString.Invariant($"group{index + 1}"), pooled.Options, group.StudyCount, $", subset=(subgroup == {Text(name)})"));
        }

        if (result.SubgroupTest is not null)
        {
            var all = Enumerable.Range(1, result.Subgroups.Count).Select(index => FormattableString.Invariant($"group{index}")).ToList();
            code.Append(Comment("The test between subgroups takes standard errors that Knapp-Hartung has not scaled:"));
            code.Append($"groups <- lapply(list({string.Join(", ", all)}), function(g) update(g, test=\"z\"))\n");
            code.Append("rma(sapply(groups, coef), sei=sapply(groups, function(g) g$se), method=\"EE\")\n");
        }

        return code.ToString();
    }

    private static string Regression(RegressionResult result)
    {
        var design = result.Design;
        var columns = Enumerable.Range(0, design.Columns.Count)
            .Select(column => $"  {Text(design.Columns[column])} = c({string.Join(", ", Enumerable.Range(0, design.RowCount).Select(row => Number(design[row, column])))})");
        return $"X <- cbind(\n{string.Join(",\n", columns)})\n" + Fit("reg", result.Options, result.Design.RowCount, ", mods=X, intercept=FALSE");
    }

    private static string Column(string name, IEnumerable<string> values) => $"  {name} = c({string.Join(", ", values)})";

    private static string Arguments(string[] columns) => string.Join(", ", columns.Select(column => $"{column}={column}"));

    internal static string Comment(string text) => $"# {TextMetrics.Clean(text)}\n";

    internal static string Number(double value) => double.IsNaN(value) ? "NA" : double.IsInfinity(value) ? (value > 0 ? "Inf" : "-Inf") : value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A string literal of R: whatever a study's name holds, it stays a name.</summary>
    internal static string Text(string text)
    {
        var literal = new StringBuilder("\"");
        foreach (var character in TextMetrics.Clean(text))
        {
            literal.Append(character is '"' or '\\' ? $"\\{character}" : character.ToString());
        }

        return literal.Append('"').ToString();
    }
}
