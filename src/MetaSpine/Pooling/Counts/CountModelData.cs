using System.Globalization;

namespace MetaSpine;

/// <summary>The studies of a model for counts: their likelihoods, their rows, and where the search starts.</summary>
internal sealed record CountModelData(
    string Model, CountArm[][] Studies, int[] Rows, IReadOnlyList<ExcludedStudy> Excluded, bool OwnBaselines, bool RandomBaselines, double[] Baselines)
{
    /// <summary>The number of counts that the likelihood is made of.</summary>
    public int Observations => Studies.Sum(study => study.Length);

    public static CountModelData Of(EffectSizes effects, CountModelOptions options, DesignMatrix? design)
    {
        var keep = options is { KeepDoubleZeros: true, Model: CountModel.UMRS };
        string? Unusable(int row, params ReadOnlySpan<(string Column, double Value)> counts)
        {
            foreach (var (column, value) in counts)
            {
                if (value != Math.Floor(value))
                {
                    throw new EffectDataException(effects.Measure.Code, [string.Create(
                        CultureInfo.InvariantCulture, $"{effects.Data.Where(row)}: {column} = {value} must be a whole number, since the model is one of counts")]);
                }
            }

            for (var column = 0; column < (design?.Columns.Count ?? 0); column++)
            {
                if (!double.IsFinite(design![row, column]))
                {
                    return $"the moderator '{design.Columns[column]}' is missing";
                }
            }

            return null;
        }

        const string Silent = "both groups have no event or nothing but events, so that the study says nothing about the effect in this model";
        switch (effects.Measure.Code)
        {
            case "OR":
                var tables = CountRows<TwoByTwo>.Read(effects, (t, row) => MantelHaenszel.EmptyGroup(t, row)
                    ?? (t.HasDoubleZero && !keep ? Silent : null)
                    ?? Unusable(row, ("ai", t.A), ("the treated without the event", t.B), ("ci", t.C), ("the controls without the event", t.D)));
                return Two(tables, options.Model, "binomial", Arms(options.Model), t => Logit(t.A + t.C, t.B + t.D));
            case "IRR":
                var rates = CountRows<TwoRates>.Read(effects, (t, row) =>
                    (t.HasDoubleZero && !keep ? Silent : null) ?? Unusable(row, ("x1i", t.X1), ("x2i", t.X2)));
                return Two(rates, options.Model, "Poisson", RateArms(options.Model), t => Math.Log((t.X1 + t.X2 + 0.5) / t.Size));
            case "PLO":
                return One(CountRows<Proportion>.Read(effects, (t, row) => t.N == 0 ? "the group has no participants" : Unusable(row, ("xi", t.X), ("ni less xi", t.Rest))),
                    "binomial-normal", t => new BinomialLikelihood(t.X, t.N));
            case "IRLN":
                return One(CountRows<Rate>.Read(effects, (t, row) => Unusable(row, ("xi", t.X))), "Poisson-normal", t => new PoissonLikelihood(t.X, t.T));
            default:
                throw new ArgumentException($"There is no model for counts of {effects.Measure.Code}; there is one of OR, IRR, PLO and IRLN.");
        }
    }

    private static double Logit(double events, double rest) => Math.Log((events + 0.5) / (rest + 0.5));

    private static Func<TwoByTwo, CountArm[]> Arms(CountModel model) => model switch
    {
        CountModel.CMAL => t => [new(new BinomialLikelihood(t.A, t.A + t.C, Math.Log(t.N1 / t.N2)), 0, 1, 1)],
        CountModel.CMEL => t => [new(new HypergeometricLikelihood(t.A, t.N1, t.N2, t.A + t.C), 0, 1, 1)],
        _ => t => [new(new BinomialLikelihood(t.A, t.N1), 1, 1, 0.5), new(new BinomialLikelihood(t.C, t.N2), 1, 0, -0.5)],
    };

    private static Func<TwoRates, CountArm[]> RateArms(CountModel model) => model switch
    {
        CountModel.CMEL => t => [new(new BinomialLikelihood(t.X1, t.X1 + t.X2, Math.Log(t.T1 / t.T2)), 0, 1, 1)],
        CountModel.CMAL => throw new ArgumentException("For rates the conditional likelihood is binomial and exact: ask for CMEL; CMAL is for odds ratios."),
        _ => t => [new(new PoissonLikelihood(t.X1, t.T1), 1, 1, 0.5), new(new PoissonLikelihood(t.X2, t.T2), 1, 0, -0.5)],
    };

    private static CountModelData Two<TRow>(CountRows<TRow> rows, CountModel model, string family, Func<TRow, CountArm[]> arms, Func<TRow, double> baseline)
        where TRow : struct, IStudyRow<TRow>, ICounts<TRow>, IEquatable<TRow>
    {
        var name = model switch
        {
            CountModel.UMFS => $"UM.FS: two {family} counts, a baseline for each study",
            CountModel.UMRS => $"UM.RS: two {family} counts, baselines normally distributed",
            CountModel.CMAL => "CM.AL: binomial given the events of both groups (approximate)",
            _ => family == "Poisson" ? "CM.EL: binomial given the events of both groups (exact)" : "CM.EL: noncentral hypergeometric given the margins (exact)",
        };
        var own = model == CountModel.UMFS;
        return new(name, [.. rows.Rows.Select(arms)], [.. rows.Index], rows.Excluded, own, model == CountModel.UMRS, [.. rows.Rows.Select(baseline)]);
    }

    private static CountModelData One<TRow>(CountRows<TRow> rows, string name, Func<TRow, CountLikelihood> likelihood)
        where TRow : struct, IStudyRow<TRow>, ICounts<TRow>, IEquatable<TRow> =>
        new(name, [.. rows.Rows.Select(row => new CountArm[] { new(likelihood(row), 0, 1, 1) })], [.. rows.Index], rows.Excluded, false, false, new double[rows.Count]);
}
