namespace MetaSpine.Tests;

/// <summary>The 13 trials of BCG vaccine (Colditz et al. 1994, doi:10.1001/jama.1994.03510330076038): log risk ratios, and the latitude of each.</summary>
internal static class Bcg
{
    public static double[] Y { get; } =
    [
        -0.8893113339202054, -1.5853886572014306, -1.3480731482996933, -1.4415511900213054, -0.2175473222112956, -0.7861155858188640, -1.6208982235983918,
        0.0119523335238405, -0.4694176487381494, -1.3713448034727844, -0.3393588283383906, 0.4459134005713787, -0.0173139482168798,
    ];

    public static double[] V { get; } =
    [
        0.32558476500396133, 0.19458112139814385, 0.41536796536796539, 0.02001003190224757, 0.05121017216963086, 0.00690561845590876, 0.22301724757231517,
        0.00396157929781773, 0.05643421046324897, 0.07302479361302891, 0.01241221397155972, 0.53250584520015276, 0.07140465968398629,
    ];

    public static double[] Latitude { get; } = [44, 55, 42, 52, 13, 44, 19, 13, 27, 42, 18, 33, 33];

    public static PooledResult Pool(PoolingOptions? options = null, int studies = 13) => MetaAnalysis.Pool(Y[..studies], V[..studies], options);

    public static RegressionResult Regress(double[] moderator, PoolingOptions? options = null) => MetaAnalysis.Regress(
        Measures.GEN.Compute(new EffectData { ["yi"] = Y[..moderator.Length], ["vi"] = V[..moderator.Length] }),
        DesignMatrix.FromRows(["intercept", "moderator"], [.. moderator.Select(x => new[] { 1, x })]),
        options);
}
