namespace MetaSpine;

/// <summary>The names of what models of dependent effects offer: the one list that review files, reports and the command line read.</summary>
public static class MultilevelNames
{
    private static readonly MethodName[] TestList =
    [
        new("satterthwaite", "t with Satterthwaite's degrees of freedom", "Satterthwaite 1946, doi:10.2307/3002019; Giesbrecht and Burns 1985, doi:10.2307/2530872"),
        new("z", "standard normal", "Wald test"),
        new("t", "t distribution with k - p degrees of freedom", "residual degrees of freedom"),
        new("contain", "t distribution with containment degrees of freedom", "the fewest levels of a grouping within which a moderator is constant, less p"),
        new("kenward-roger", "t with the corrected covariance and degrees of freedom of Kenward and Roger", "Kenward and Roger 1997, doi:10.2307/2533558; 2009, doi:10.1016/j.csda.2008.12.013"),
    ];

    private static readonly MethodName[] StructureList =
    [
        new("CS", "compound symmetry: one variance, one correlation", ""),
        new("HCS", "a variance for each inner value, one correlation", ""),
        new("UN", "unstructured", ""),
        new("ID", "one variance, no correlation", ""),
        new("DIAG", "a variance for each inner value, no correlation", ""),
        new("AR", "first-order autoregressive", ""),
        new("HAR", "first-order autoregressive, a variance for each inner value", ""),
        new("CAR", "continuous-time autoregressive", ""),
        new("SPEXP", "spatial, exponential", ""),
        new("SPGAU", "spatial, Gaussian", ""),
        new("SPLIN", "spatial, linear", ""),
        new("SPRAT", "spatial, rational quadratic", ""),
        new("SPSPH", "spatial, spherical", ""),
        new("GEN", "random intercepts and slopes with any covariances", ""),
        new("GDIAG", "random intercepts and slopes, uncorrelated", ""),
    ];

    private static readonly MethodName[] DistanceList =
    [
        new("euclidean", "the root of the sum of squared differences", ""),
        new("manhattan", "the sum of absolute differences", ""),
        new("maximum", "the largest difference", ""),
        new("great-circle", "kilometres along the earth's surface", ""),
    ];

    /// <summary>The tests, in the order of <see cref="MultilevelTest"/>.</summary>
    public static IReadOnlyList<MethodName> Tests => TestList;

    /// <summary>The structures, in the order of <see cref="CovarianceStructure"/>.</summary>
    public static IReadOnlyList<MethodName> Structures => StructureList;

    /// <summary>The distances, in the order of <see cref="SpatialDistance"/>.</summary>
    public static IReadOnlyList<MethodName> Distances => DistanceList;

    /// <summary>A test's name.</summary>
    public static MethodName Of(MultilevelTest test) => TestList[(int)test];

    /// <summary>Finds a test by its code, in any case.</summary>
    /// <exception cref="ArgumentException">There is none; the message names the nearest, or all.</exception>
    public static MultilevelTest Test(string code) => (MultilevelTest)MethodNames.IndexOf(TestList, code, "test of dependent effects");

    /// <summary>Finds a structure by its code, in any case.</summary>
    /// <exception cref="ArgumentException">There is none; the message names the nearest, or all.</exception>
    public static CovarianceStructure Structure(string code) => (CovarianceStructure)MethodNames.IndexOf(StructureList, code, "structure");

    /// <summary>Finds a distance by its code, in any case.</summary>
    /// <exception cref="ArgumentException">There is none; the message names the nearest, or all.</exception>
    public static SpatialDistance Distance(string code) => (SpatialDistance)MethodNames.IndexOf(DistanceList, code, "distance");
}
