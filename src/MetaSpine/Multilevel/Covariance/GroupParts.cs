using static MetaSpine.Powers;

namespace MetaSpine;

/// <summary>What each of the two groups of an effect adds to its sampling variance, and the numbers by which a group is known again.</summary>
/// <param name="Mean1">The first group's part, of its mean, proportion or rate.</param>
/// <param name="Mean2">The second group's.</param>
/// <param name="Spread1">The first group's part of the error of a standard deviation that the effect is divided by.</param>
/// <param name="Spread2">The second group's.</param>
/// <param name="Size1">The people of the first group.</param>
/// <param name="Size2">The people of the second group.</param>
/// <param name="Known1">The first group's numbers as reported.</param>
/// <param name="Known2">The second group's numbers as reported.</param>
internal sealed record GroupPart(double Mean1, double Mean2, double Spread1, double Spread2, double Size1, double Size2, double[] Known1, double[] Known2)
{
    /// <summary>The parts in proportion, so that they add up to the variance.</summary>
    public GroupPart Of(double variance)
    {
        var sum = Mean1 + Mean2 + Spread1 + Spread2;
        var factor = sum > 0 ? variance / sum : 0;
        return this with { Mean1 = factor * Mean1, Mean2 = factor * Mean2, Spread1 = factor * Spread1, Spread2 = factor * Spread2 };
    }
}

/// <summary>The parts of sampling variances by group, measure by measure.</summary>
internal static class GroupParts
{
    private static readonly string[] Codes =
        ["MD", "SMD", "SMDH", "SMD1", "SMD1H", "ROM", "VR", "CVR", "RR", "OR", "RD", "AS", "OR2DN", "OR2DL", "IRR", "IRD", "IRSD"];

    /// <summary>One per row; null where there is no effect.</summary>
    public static GroupPart?[] Of(EffectSizes effects) => !Codes.Contains(effects.Measure.Code) ? throw Unfit(effects.Measure) : effects.Measure switch
    {
        MeasureOf<TwoByTwo> measure => Tables(effects, measure),
        MeasureOf<TwoMeans> measure => Means(effects, measure),
        MeasureOf<TwoRates> measure => Parts(effects, measure, (g, _, _) => effects.Measure.Code switch
        {
            "IRR" => new(1 / g.X1, 1 / g.X2, 0, 0, g.T1, g.T2, [], []),
            "IRD" => new(g.X1 / Square(g.T1), g.X2 / Square(g.T2), 0, 0, g.T1, g.T2, [], []),
            _ => new(1 / g.T1, 1 / g.T2, 0, 0, g.T1, g.T2, [], []),
        }, (g, _) => ([g.X1, g.T1], [g.X2, g.T2])),
        MeasureOf<TwoSpreads> measure => Parts(
            effects, measure, (g, _, _) => Plain(Spread(g.N1, IsSecond(effects)), Spread(g.N2, IsSecond(effects)), g.N1, g.N2), (g, _) => ([g.Sd1, g.N1], [g.Sd2, g.N2])),
        MeasureOf<TwoGroups> measure => Parts(effects, measure, (g, v, _) =>
        {
            var scale = KnownSpread(effects, g, v);
            var spread = Math.Max(0, v - scale * g.NullVariance) / g.Size;
            return new(scale / g.N1, scale / g.N2, spread * g.N1, spread * g.N2, g.N1, g.N2, [], []);
        }, (g, row) => ([g.N1, Column(effects, "m1i", row), Column(effects, "sd1i", row)], [g.N2, Column(effects, "m2i", row), Column(effects, "sd2i", row)])),
        MeasureOf<ControlScaledMeans> measure => Parts(effects, measure, (g, v, _) =>
        {
            var scale = KnownSpread(effects, g, v);
            return new(scale / g.N1, scale / g.N2, 0, Math.Max(0, v - scale * g.NullVariance), g.N1, g.N2, [], []);
        }, (g, row) => ([g.N1, Column(effects, "m1i", row)], [g.N2, Column(effects, "m2i", row), Column(effects, "sd2i", row)])),
        _ => throw Unfit(effects.Measure),
    };

    private static GroupPart?[] Tables(EffectSizes effects, MeasureOf<TwoByTwo> measure)
    {
        var rows = measure.RowsOf(effects);
        double Mean(Func<TwoByTwo, double> p, Func<TwoByTwo, double> n)
        {
            TwoByTwo[] whole = [.. rows.OfType<(TwoByTwo Read, TwoByTwo Corrected)>().Select(row => row.Corrected)];
            return whole.Sum(t => n(t) * p(t)) / whole.Sum(n);
        }

        var averages = Type(effects) == VarianceType.AV ? (Mean(t => t.P1, t => t.N1), Mean(t => t.P2, t => t.N2)) : (0, 0);
        double Part(double p, double n) => measure.Code switch
        {
            "RR" => (1 - p) / (p * n),
            "RD" => p * (1 - p) / (Type(effects) == VarianceType.UB ? n - 1 : n),
            "AS" => 1 / n,
            _ => 1 / (p * (1 - p) * n),
        };
        return Parts(effects, measure, (t, _, _) =>
        {
            var (p1, p2) = Type(effects) switch { VarianceType.AV => averages, VarianceType.H0 => (t.P, t.P), _ => (t.P1, t.P2) };
            return Plain(Part(p1, t.N1), Part(p2, t.N2), t.N1, t.N2);
        }, (t, _) => ([t.A, t.B], [t.C, t.D]));
    }

    private static GroupPart?[] Means(EffectSizes effects, MeasureOf<TwoMeans> measure)
    {
        var (code, type) = (measure.Code, Type(effects));
        var rows = measure.RowsOf(effects);
        double Mean(Func<TwoMeans, double> value, Func<TwoMeans, double> weight)
        {
            TwoMeans[] whole = [.. rows.Where((row, i) => row is not null && effects.Studies[i].IsComputed).Select(row => row!.Value.Read)];
            return whole.Sum(g => weight(g) * value(g)) / whole.Sum(weight);
        }

        var (cv1, cv2) = type == VarianceType.AV ? (Mean(g => g.Cv1, g => g.N1), Mean(g => g.Cv2, g => g.N2)) : (0, 0);
        double LogMean(double m, double sd, double n) => LogMeans.Variance(m, sd, n) + (IsSecond(effects) ? LogMeans.SecondOrder(m, sd, n) : 0);
        return Parts(effects, measure, (g, _, d) => (code, type) switch
        {
            ("MD", VarianceType.HO) or ("ROM", VarianceType.AVHO) => Plain(1 / g.N1, 1 / g.N2, g.N1, g.N2),
            ("MD", _) => Plain(Square(g.Sd1) / g.N1, Square(g.Sd2) / g.N2, g.N1, g.N2),
            ("ROM", VarianceType.HO) => Plain(1 / (g.N1 * Square(g.M1)), 1 / (g.N2 * Square(g.M2)), g.N1, g.N2),
            ("ROM", VarianceType.AV) => Plain(Square(cv1) / g.N1, Square(cv2) / g.N2, g.N1, g.N2),
            ("ROM", _) => Plain(LogMean(g.M1, g.Sd1, g.N1), LogMean(g.M2, g.Sd2, g.N2), g.N1, g.N2),
            ("CVR", _) => Plain(
                LogMean(g.M1, g.Sd1, g.N1) + Spread(g.N1, IsSecond(effects)), LogMean(g.M2, g.Sd2, g.N2) + Spread(g.N2, IsSecond(effects)), g.N1, g.N2),
            ("SMD1H", _) => new(Square(g.Sd1 / g.Sd2) / (g.N1 - 1), 1 / (g.N2 - 1), 0, d * d / (2 * (g.N2 - 1)), g.N1, g.N2, [], []),
            _ => Unequal(g, d, type),
        }, (g, _) => ([g.M1, g.Sd1, g.N1], [g.M2, g.Sd2, g.N2]));
    }

    /// <summary>The parts of <see cref="StandardisedMeasures.Unequal"/>.</summary>
    private static GroupPart Unequal(TwoMeans g, double d, VarianceType type)
    {
        double spread = type == VarianceType.LS2 ? 0 : 1, mean = type == VarianceType.LS ? 1 : 0;
        return new(
            2 * g.Share / (g.N1 - mean),
            2 * (1 - g.Share) / (g.N2 - mean),
            d * d / 2 * Square(g.Share) / (g.N1 - spread),
            d * d / 2 * Square(1 - g.Share) / (g.N2 - spread),
            g.N1,
            g.N2,
            [],
            []);
    }

    private static GroupPart?[] Parts<TRow>(
        EffectSizes effects, MeasureOf<TRow> measure, Func<TRow, double, double, GroupPart> part, Func<TRow, int, (double[], double[])> known)
        where TRow : struct, IStudyRow<TRow> =>
        [.. measure.RowsOf(effects).Select((row, i) =>
        {
            if (row is not { } found || !effects.Studies[i].IsComputed)
            {
                return null;
            }

            var (factor, study) = (Factor(effects, i), effects.Studies[i]);
            var (first, second) = known(found.Read, i);
            return part(found.Corrected, study.Variance / Square(factor), study.Estimate / factor).Of(study.Variance) with { Known1 = first, Known2 = second };
        })];

    /// <summary>What an effect was multiplied by.</summary>
    public static double Factor(EffectSizes effects, int row) => effects.Options.Factors is { } factors ? factors[factors.Count == 1 ? 0 : row] : 1;

    /// <summary>What the variance of a standardised difference has as the factor of its null variance; the rest is the error of the standard deviation.</summary>
    private static double KnownSpread<T>(EffectSizes effects, T row, double variance)
        where T : struct, IStandardised => Type(effects) switch
        {
            VarianceType.H0 => variance / row.NullVariance,
            VarianceType.LS2 => Square(Standardised.Bias(row.Freedom, effects.Options)),
            _ => 1,
        };

    private static VarianceType Type(EffectSizes effects) => effects.Options.Variance ?? effects.Measure.Variances[0];

    private static bool IsSecond(EffectSizes effects) => Type(effects) == VarianceType.LS2;

    private static double Spread(double n, bool second) => second ? LogMeans.SpreadVariance2(n) : LogMeans.SpreadVariance(n);

    private static double Column(EffectSizes effects, string name, int row) => effects.Data.Value(name, row);

    private static GroupPart Plain(double first, double second, double n1, double n2) => new(first, second, 0, 0, n1, n2, [], []);

    private static ArgumentException Unfit(Measure measure) => new(
        $"{measure.Code} is not computed group by group from numbers of its own, so that what a shared group adds is not known: compute one of {string.Join(", ", Codes)} from the groups' numbers, or assume correlations (SamplingCovariance.Assumed, with groups and their sizes).");
}
