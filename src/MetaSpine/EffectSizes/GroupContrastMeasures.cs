using static MetaSpine.Powers;

namespace MetaSpine;

/// <summary>What a standardised difference says on other scales: correlations with the group, and odds ratios.</summary>
internal static class GroupContrastMeasures
{
    /// <summary>Logits per standard deviation where a normal distribution stands in for the logistic.</summary>
    public const double Probits = 1.65;

    private const string Tate = "Tate (1954), Annals of Mathematical Statistics 25:603, doi:10.1214/aoms/1177728730; Tate (1955), Journal of the American Statistical Association 50:1078, doi:10.1080/01621459.1955.10501293";
    private const string Soper = "Soper (1914), Biometrika 10:384, doi:10.1093/biomet/10.2-3.384; Jacobs & Viechtbauer (2017), Research Synthesis Methods 8:161, doi:10.1002/jrsm.1218";
    private const string Logistic = "Chinn (2000), Statistics in Medicine 19:3127, doi:10.1002/1097-0258(20001130)19:22<3127::AID-SIM784>3.0.CO;2-M";
    private const string CoxSnell = "Cox & Snell (1989), Analysis of Binary Data, 2nd ed.; Sánchez-Meca et al. (2003), Psychological Methods 8:448, doi:10.1037/1082-989X.8.4.448";

    public static readonly Measure RPB = new MeasureOf<TwoGroups>(
        new("RPB", "point-biserial correlation", "point-biserial correlation", Scale.Identity, 0, Tate),
        (g, _) => PointBiserial(g),
        [
            new(VarianceType.LS, (g, _) => Stratified(g)),
            new(VarianceType.ST, (g, _) => Stratified(g)),
            new(VarianceType.CS, (g, r) => Square((1 - r) * (1 + r)) * CrossSectional(g, r)),
        ]);

    public static readonly Measure ZPB = new MeasureOf<TwoGroups>(
        new("ZPB", "Fisher's z of the point-biserial correlation", "point-biserial correlation", Scale.FisherZ, 0, Tate),
        (g, _) => Math.Asinh(g.Distance / Math.Sqrt(g.H)),
        [
            new(VarianceType.LS, (g, _) => StratifiedZ(g)),
            new(VarianceType.ST, (g, _) => StratifiedZ(g)),
            new(VarianceType.CS, (g, _) => CrossSectional(g, PointBiserial(g))),
        ]);

    public static readonly Measure RBIS = new MeasureOf<TwoGroups>(
        new("RBIS", "biserial correlation", "biserial correlation", Scale.Identity, 0, Soper),
        (g, _) => Biserial(g),
        [new(VarianceType.LS, (g, _) => BiserialVariance(g))]);

    public static readonly Measure ZBIS = new MeasureOf<TwoGroups>(
        new("ZBIS", "Fisher's z of the biserial correlation", "biserial correlation", Scale.FisherZ, 0, Soper),
        (g, _) => Math.Atanh(Biserial(g)),
        [new(VarianceType.LS, (g, _) => BiserialVariance(g) / Square(1 - Square(Biserial(g))))]);

    public static readonly Measure D2ORL = new MeasureOf<TwoGroups>(
        new("D2ORL", "log odds ratio from a standardised difference (logistic)", "odds ratio", Scale.Log, 0, Logistic),
        (g, _) => Math.PI / Math.Sqrt(3) * g.Distance,
        [new(VarianceType.LS, (g, _) => Math.PI * Math.PI / 3 * Variance(g))]);

    public static readonly Measure D2ORN = new MeasureOf<TwoGroups>(
        new("D2ORN", "log odds ratio from a standardised difference (normal)", "odds ratio", Scale.Log, 0, CoxSnell),
        (g, _) => Probits * g.Distance,
        [new(VarianceType.LS, (g, _) => Probits * Probits * Variance(g))]);

    public static readonly Measure OR2DL = new MeasureOf<TwoByTwo>(
        new("OR2DL", "standardised mean difference from an odds ratio (logistic)", "standardised mean difference", Scale.Identity, 0, Logistic),
        (t, _) => Math.Sqrt(3) / Math.PI * t.LogOddsRatio,
        TwoByTwoMeasures.LogOddsVariances(3 / (Math.PI * Math.PI)),
        correctsZeros: true);

    public static readonly Measure OR2DN = new MeasureOf<TwoByTwo>(
        new("OR2DN", "standardised mean difference from an odds ratio (normal)", "standardised mean difference", Scale.Identity, 0, CoxSnell),
        (t, _) => t.LogOddsRatio / Probits,
        TwoByTwoMeasures.LogOddsVariances(1 / (Probits * Probits)),
        correctsZeros: true);

    public static readonly Measure PBIT = new MeasureOf<TwoByTwo>(
        new("PBIT", "standardised mean difference from a difference of probits", "standardised mean difference", Scale.Identity, 0,
            "Rosenthal (1994), in Cooper & Hedges, The Handbook of Research Synthesis; Sánchez-Meca et al. (2003), Psychological Methods 8:448, doi:10.1037/1082-989X.8.4.448"),
        (t, _) => NormalDistribution.Quantile(t.P1) - NormalDistribution.Quantile(t.P2),
        [new(VarianceType.LS, (t, _) => ProportionMeasures.ProbitVariance(t.P1, t.N1) + ProportionMeasures.ProbitVariance(t.P2, t.N2))],
        correctsZeros: true);

    private static double PointBiserial(TwoGroups g) => g.Distance / Math.Sqrt(g.Distance * g.Distance + g.H);

    /// <summary>The variance of d, without correction.</summary>
    private static double Variance(TwoGroups g) => g.NullVariance + g.Distance * g.Distance / (2 * g.Size);

    /// <summary>For group sizes that were fixed.</summary>
    private static double Stratified(TwoGroups g) => Square(g.H) / Math.Pow(g.H + g.Distance * g.Distance, 3) * Variance(g);

    private static double StratifiedZ(TwoGroups g) => Variance(g) / (g.H + g.Distance * g.Distance);

    /// <summary>For one sample whose members fell into the groups, over (1 - r^2)^2.</summary>
    private static double CrossSectional(TwoGroups g, double r) => g.Size * r * r / (4 * g.N1 * g.N2) + (2 - 3 * r * r) / (2 * g.Size);

    private static double Biserial(TwoGroups g) =>
        Math.Sqrt(g.N1 * g.N2) / g.Size / NormalDistribution.Density(NormalDistribution.UpperQuantile(g.N1 / g.Size)) * PointBiserial(g);

    private static double BiserialVariance(TwoGroups g)
    {
        double p = g.N1 / g.Size, q = g.N2 / g.Size;
        var z = NormalDistribution.UpperQuantile(p);
        var density = NormalDistribution.Density(z);
        var square = Math.Min(1, Square(Biserial(g)));
        return (p * q / Square(density) - (1.5 + (1 - p * z / density) * (1 + q * z / density)) * square + square * square) / (g.Size - 1);
    }
}
