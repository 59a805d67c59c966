namespace MetaSpine;

/// <summary>Computes the results that RevMan stored again, from the review that the import makes, so that what is compared is what the review file gives.</summary>
internal sealed class RevManComparison
{
    private readonly RevManReview _source;
    private readonly List<RevManCheck> _checks = [];
    private readonly List<string> _unchecked = [];
    private readonly double _halfUnit;

    private RevManComparison(RevManReview source) => (_source, _halfUnit) = (source, source.Format switch { RevManFormat.Csv => 5e-9, RevManFormat.DataPackage => 5e-7, _ => 0 });

    public static RevManAgreement Of(RevManReview source)
    {
        var comparison = new RevManComparison(source);
        var imported = RevManImport.Of(source);
        foreach (var item in imported.Analyses)
        {
            comparison.Compare(imported.Review, item);
        }

        return new RevManAgreement
        {
            Name = source.Title ?? Path.GetFileName(source.File),
            Format = source.Format,
            Checks = comparison._checks,
            Unchecked = comparison._unchecked,
        };
    }

    private void Compare(Review review, ImportedAnalysis item)
    {
        var source = item.Source;
        if (source.Stored.Count == 0 && source.Subgroups.All(group => group.Stored.Count == 0) && source.Rows.All(row => row.Stored.Count == 0))
        {
            _unchecked.Add($"{source.Number} {source.Name}: RevMan has stored no result");
            return;
        }

        var result = review.Analyse(item.Analysis);
        if (!result.IsPooled)
        {
            _unchecked.Add($"{source.Number} {source.Name}: {result.Problem}");
        }

        var subgroups = result.Subgroups.ToDictionary(group => group.Name, group => group.Result, StringComparer.Ordinal);
        if (item.GivesSubgroups && source.Totals == RevManTotals.Subgroups && result.IsPooled)
        {
            var between = new Dictionary<RevManQuantity, double?>();
            RevManValues.AddBetween(between, source, result.SubgroupTest);
            Add(source, null, null, source.Stored, between);
        }

        if (item.GivesTotal && source.Totals == RevManTotals.All)
        {
            Add(source, null, null, source.Stored, result.Overall is { } overall ? RevManValues.OfTotal(overall, source, item.Rows.Values, result.SubgroupTest) : null);
        }

        if (item.GivesSubgroups && source.Totals != RevManTotals.None)
        {
            foreach (var group in source.Subgroups)
            {
                Add(source, group.Name, null, group.Stored, subgroups.TryGetValue(group.Name, out var pooled)
                    ? RevManValues.OfTotal(pooled, source, item.Rows.Values.Where(row => row.Subgroup == group.Name), null)
                    : null);
            }
        }

        CompareRows(item, result, subgroups);
    }

    private void CompareRows(ImportedAnalysis item, AnalysisResult result, Dictionary<string, IPooledEffect> subgroups)
    {
        var inputs = result.Moderators as AnalysisInputs;
        for (var i = 0; i < (inputs?.Studies.Count ?? 0); i++)
        {
            if (!item.Rows.TryGetValue((inputs!.Studies[i].Id, inputs.Groups?[i]), out var row) || (!item.GivesTotal && row.InTotal))
            {
                continue;
            }

            // A weight is a share of the total, or of the subgroup's where there is no other total.
            var whole = item.Source.Totals == RevManTotals.None ? null
                : item.Source.Totals == RevManTotals.All && item.GivesTotal ? result.Overall
                : row.Subgroup is { } name && subgroups.TryGetValue(name, out var own) ? own : null;
            Add(item.Source, row.Subgroup, row.Study, row.Stored, result.Overall is { } overall ? RevManValues.OfRow(overall.Effects, i, item.Source, whole) : null);
        }
    }

    /// <summary>Compares what can be computed; numbers that the analysis does not have, such as tau^2 under a fixed effect, are passed over.</summary>
    private void Add(RevManAnalysis source, string? subgroup, string? study, ValueList<RevManNumber> stored, Dictionary<RevManQuantity, double?>? values)
    {
        foreach (var number in stored)
        {
            double? computed = null;
            if (values is null || values.TryGetValue(number.Quantity, out computed))
            {
                _checks.Add(new RevManCheck
                {
                    HalfUnit = _halfUnit,
                    Analysis = source.Number,
                    Title = source.Name,
                    Subgroup = subgroup,
                    Study = study,
                    Quantity = number.Quantity,
                    Stored = number.Value,
                    Computed = computed is { } value && double.IsFinite(value) ? value : null,
                });
            }
        }
    }
}

/// <summary>Our own results under the names of RevMan's numbers.</summary>
internal static class RevManValues
{
    /// <summary>The numbers of a pooled result, of all studies or of a subgroup.</summary>
    public static Dictionary<RevManQuantity, double?> OfTotal(IPooledEffect result, RevManAnalysis source, IEnumerable<RevManRow> rows, ChiSquaredTest? between)
    {
        var values = new Dictionary<RevManQuantity, double?>();
        Effect(values, source, result.Effects, result.Estimate, result.Interval);
        values[RevManQuantity.Statistic] = result.Statistic is { } statistic ? Math.Abs(statistic) : null;
        values[RevManQuantity.PValue] = result.PValue;
        var (pooled, stratified) = (result as PooledResult, result as StratifiedResult);
        if ((pooled?.Q ?? stratified?.Q) is { DegreesOfFreedom: > 0 } q)
        {
            values[RevManQuantity.Heterogeneity] = q.Statistic;
            values[RevManQuantity.DegreesOfFreedom] = q.DegreesOfFreedom;
            values[RevManQuantity.HeterogeneityPValue] = q.PValue;
            values[RevManQuantity.I2] = result.I2;
        }

        if (source.IsRandom && pooled is { StudyCount: > 1 })
        {
            values[RevManQuantity.Tau2] = pooled.Tau2;
            values[RevManQuantity.Tau2Lower] = pooled.Tau2Interval?.Lower;
            values[RevManQuantity.Tau2Upper] = pooled.Tau2Interval?.Upper;
            values[RevManQuantity.PredictionLower] = pooled.PredictionInterval is { } lower ? Shown(source, result.Effects, lower.Lower) : null;
            values[RevManQuantity.PredictionUpper] = pooled.PredictionInterval is { } upper ? Shown(source, result.Effects, upper.Upper) : null;
        }

        AddBetween(values, source, between);
        Sums(values, source, [.. rows]);
        return values;
    }

    /// <summary>Adds the test between subgroups, where RevMan makes one.</summary>
    public static void AddBetween(Dictionary<RevManQuantity, double?> values, RevManAnalysis source, ChiSquaredTest? between)
    {
        if (source.TestsSubgroups && between is { } test)
        {
            values[RevManQuantity.Between] = test.Statistic;
            values[RevManQuantity.BetweenPValue] = test.PValue;
            values[RevManQuantity.BetweenI2] = test.Statistic > 0 ? Math.Max(0, 100 * (test.Statistic - test.DegreesOfFreedom) / test.Statistic) : 0;
        }
    }

    /// <summary>The numbers of a study's row.</summary>
    public static Dictionary<RevManQuantity, double?> OfRow(EffectSizes effects, int row, RevManAnalysis source, IPooledEffect? whole)
    {
        var (study, values) = (effects.Studies[row], new Dictionary<RevManQuantity, double?>());
        var isPeto = source.Method == RevManMethod.Peto || source.Measure == "PETO";
        Effect(values, source, effects, study.Estimate, study.Interval(source.StudyLevel));
        values[RevManQuantity.StandardError] = study.StandardError;
        values[RevManQuantity.Variance] = isPeto ? 1 / study.Variance : study.Variance;
        if (isPeto)
        {
            values[RevManQuantity.ObservedMinusExpected] = study.Estimate / study.Variance;
        }

        var shares = whole?.Shares.Where(share => share.Row == row).ToList();
        if (shares is [{ Weight: { } weight }, ..])
        {
            values[RevManQuantity.Weight] = 100 * weight;
        }

        return values;
    }

    private static void Effect(Dictionary<RevManQuantity, double?> values, RevManAnalysis source, EffectSizes effects, double estimate, Interval interval)
    {
        values[RevManQuantity.Effect] = Shown(source, effects, estimate);
        values[RevManQuantity.Lower] = Shown(source, effects, interval.Lower);
        values[RevManQuantity.Upper] = Shown(source, effects, interval.Upper);
        if (source.IsRatio)
        {
            values[RevManQuantity.LogEffect] = estimate / Math.Log(10);
            values[RevManQuantity.LogLower] = interval.Lower / Math.Log(10);
            values[RevManQuantity.LogUpper] = interval.Upper / Math.Log(10);
        }
    }

    /// <summary>On the scale that RevMan shows.</summary>
    private static double Shown(RevManAnalysis source, EffectSizes effects, double value) => source.IsRatio ? Math.Exp(value) : effects.BackTransform(value);

    private static void Sums(Dictionary<RevManQuantity, double?> values, RevManAnalysis source, List<RevManRow> rows)
    {
        double? Sum(Func<RevManRow, double?> of) => rows.Exists(row => of(row) is null) ? null : rows.Sum(row => of(row)!.Value);
        if (source.Data == RevManData.Dichotomous)
        {
            values[RevManQuantity.Events1] = Sum(row => row.Experimental.Events);
            values[RevManQuantity.Events2] = Sum(row => row.Control.Events);
        }

        if (source.Data is RevManData.Dichotomous or RevManData.Continuous)
        {
            values[RevManQuantity.Total1] = Sum(row => row.Experimental.Total);
            values[RevManQuantity.Total2] = Sum(row => row.Control.Total);
        }
    }
}
