using static MetaSpine.Powers;

namespace MetaSpine;

/// <summary>The correlations of two dichotomies.</summary>
internal static class AssociationMeasures
{
    private const string Yule = "Yule (1912), Journal of the Royal Statistical Society 75:579, doi:10.2307/2340126";
    private const string Pearson = "Pearson (1900), Philosophical Transactions A 195:1, doi:10.1098/rsta.1900.0022; variance: Hamdan (1970), Biometrika 57:212, doi:10.1093/biomet/57.1.212";

    public static readonly Measure PHI = new MeasureOf<TwoByTwo>(
        new("PHI", "phi coefficient", "phi coefficient", Scale.Identity, 0, Yule),
        (t, _) => Phi(t),
        [
            new(VarianceType.LS, (t, _) => Multinomial(t)),
            new(VarianceType.CS, (t, _) => Multinomial(t)),
            new(VarianceType.ST, (t, _) => Stratified(t)),
        ]);

    public static readonly Measure ZPHI = new MeasureOf<TwoByTwo>(
        new("ZPHI", "Fisher's z of the phi coefficient", "phi coefficient", Scale.FisherZ, 0, Yule),
        (t, _) => Math.Atanh(Phi(t)),
        [
            new(VarianceType.LS, (t, _) => Multinomial(t) / ZFactor(Phi(t))),
            new(VarianceType.CS, (t, _) => Multinomial(t) / ZFactor(Phi(t))),
            new(VarianceType.ST, (t, _) => Stratified(t) / ZFactor(Phi(t))),
        ]);

    public static readonly Measure YUQ = new MeasureOf<TwoByTwo>(
        new("YUQ", "Yule's Q", "Yule's Q", Scale.Identity, 0, Yule),
        (t, _) => (t.A * t.D - t.B * t.C) / (t.A * t.D + t.B * t.C),
        [new(VarianceType.LS, (t, q) => ZFactor(q) / 4 * (1 / t.A + 1 / t.B + 1 / t.C + 1 / t.D))],
        correctsZeros: true);

    public static readonly Measure YUY = new MeasureOf<TwoByTwo>(
        new("YUY", "Yule's Y", "Yule's Y", Scale.Identity, 0, Yule),
        (t, _) => (Math.Sqrt(t.A * t.D) - Math.Sqrt(t.B * t.C)) / (Math.Sqrt(t.A * t.D) + Math.Sqrt(t.B * t.C)),
        [new(VarianceType.LS, (t, y) => ZFactor(y) / 16 * (1 / t.A + 1 / t.B + 1 / t.C + 1 / t.D))],
        correctsZeros: true);

    public static readonly Measure RTET = new MeasureOf<TwoByTwo>(
        new("RTET", "tetrachoric correlation", "tetrachoric correlation", Scale.Identity, 0, Pearson),
        (t, _) => Tetrachoric.Correlation(t.A, t.B, t.C, t.D),
        [new(VarianceType.LS, (t, r) => Tetrachoric.Variance(t.A, t.B, t.C, t.D, r))]);

    public static readonly Measure ZTET = new MeasureOf<TwoByTwo>(
        new("ZTET", "Fisher's z of the tetrachoric correlation", "tetrachoric correlation", Scale.FisherZ, 0, Pearson),
        (t, _) => Math.Atanh(Tetrachoric.Correlation(t.A, t.B, t.C, t.D)),
        [new(VarianceType.LS, (t, z) => Tetrachoric.Variance(t.A, t.B, t.C, t.D, Math.Tanh(z)) / ZFactor(Math.Tanh(z)))]);

    /// <summary>(1 - r^2)^2, by which Fisher's z divides a variance.</summary>
    private static double ZFactor(double r) => Square((1 - r) * (1 + r));

    private static double Phi(TwoByTwo t) =>
        (t.A * t.D - t.B * t.C) / (Math.Sqrt(t.N1 * t.N2) * Math.Sqrt((t.A + t.C) * (t.B + t.D)));

    /// <summary>For one sample that fell into the four cells (Yule 1912, page 603).</summary>
    private static double Multinomial(TwoByTwo t)
    {
        var phi = Phi(t);
        var rows = (t.N1 - t.N2) / Math.Sqrt(t.N1 * t.N2);
        var columns = (t.A + t.C - t.B - t.D) / Math.Sqrt((t.A + t.C) * (t.B + t.D));
        return (1 - phi * phi + phi * (1 + phi * phi / 2) * rows * columns - 0.75 * phi * phi * (rows * rows + columns * columns)) / t.Size;
    }

    /// <summary>For two groups of fixed sizes: the delta method over their proportions.</summary>
    private static double Stratified(TwoByTwo t)
    {
        double w1 = t.N1 / t.Size, w2 = t.N2 / t.Size, spread = t.P * (1 - t.P);
        var slope = (t.P1 - t.P2) * (1 - 2 * t.P) / (2 * spread);
        return w1 * w2 / spread
            * (Square(1 - w1 * slope) * t.P1 * (1 - t.P1) / t.N1 + Square(1 + w2 * slope) * t.P2 * (1 - t.P2) / t.N2);
    }
}
