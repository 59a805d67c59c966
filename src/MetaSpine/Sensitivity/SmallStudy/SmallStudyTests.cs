namespace MetaSpine;

/// <summary>The tests of small-study effects.</summary>
public static class SmallStudyTests
{
    private const string Tables = "odds ratios from two-by-two tables";

    /// <summary>All tests.</summary>
    public static IReadOnlyList<SmallStudyTest> All { get; } =
    [
        new("EGGER", "Egger's regression test", "standard error",
            "mean differences and other measures whose standard error does not depend on the estimate; too often significant for odds ratios and standardised mean differences",
            "Egger et al. (1997), BMJ 315:629, doi:10.1136/bmj.315.7109.629",
            (data, _) => AsymmetryKernels.Line(data, data.Se, data.Precisions)),
        new("THOMPSON", "Thompson and Sharp's regression test", "standard error",
            "what Egger's test suits, with heterogeneity beyond the line",
            "Thompson and Sharp (1999), Statistics in Medicine 18:2693, doi:10.1002/(SICI)1097-0258(19991030)18:20<2693::AID-SIM235>3.0.CO;2-V",
            (data, _) => AsymmetryKernels.Mixed(data, data.Se, PoolingTest.T)),
        new("BEGG", "Begg and Mazumdar's rank correlation test", "sampling variance",
            "what Egger's test suits, without assuming a straight line; low power",
            "Begg and Mazumdar (1994), Biometrics 50:1088, doi:10.2307/2533446",
            (data, _) => AsymmetryKernels.Begg(data)),
        new("HARBORD", "Harbord's score test", "1/sqrt(V), V the variance of the efficient score",
            Tables + " of trials with groups of similar size",
            "Harbord, Egger and Sterne (2006), Statistics in Medicine 25:3443, doi:10.1002/sim.2380",
            (data, _) => AsymmetryKernels.Harbord(data)),
        new("PETERS", "Peters's test", "1/n",
            Tables + "; also risk ratios",
            "Peters et al. (2006), JAMA 295:676, doi:10.1001/jama.295.6.676",
            (data, _) => AsymmetryKernels.Pooled(data, n => 1 / n, growsWithSize: false)),
        new("MACASKILL", "Macaskill's test with inverse-variance weights", "n",
            "measures whose standard error depends on the estimate, among them those of a single group; low power",
            "Macaskill, Walter and Irwig (2001), Statistics in Medicine 20:641, doi:10.1002/sim.698",
            (data, _) => AsymmetryKernels.Line(data, data.Sizes(), data.Precisions, growsWithSize: true)),
        new("MACASKILL-P", "Macaskill's test with pooled-variance weights", "n",
            Tables + "; low power",
            "Macaskill, Walter and Irwig (2001), Statistics in Medicine 20:641, doi:10.1002/sim.698",
            (data, _) => AsymmetryKernels.Pooled(data, n => n, growsWithSize: true)),
        new("DEBRAY", "Debray's test with inverse-variance weights", "1/d, d the number of events",
            "hazard ratios, whose precision comes from the events",
            "Debray, Moons and Riley (2018), Research Synthesis Methods 9:41, doi:10.1002/jrsm.1266",
            (data, events) => AsymmetryKernels.Line(data, Array.ConvertAll(data.Events(events), d => 1 / d), data.Precisions)),
        new("DEEKS", "Deeks's test", "1/sqrt(ESS), ESS = 4 n1 n2/(n1 + n2)",
            "diagnostic odds ratios, the groups being those with and without the disease",
            "Deeks, Macaskill and Irwig (2005), Journal of Clinical Epidemiology 58:882, doi:10.1016/j.jclinepi.2005.01.016",
            (data, _) => AsymmetryKernels.Deeks(data)),
        new("SCHWARZER", "Schwarzer's rank test for sparse data", "1/variance of the events in the first group given the margins",
            Tables + " with few events, zeros uncorrected",
            "Schwarzer, Antes and Schumacher (2007), Statistics in Medicine 26:721, doi:10.1002/sim.2588",
            (data, _) => AsymmetryKernels.Schwarzer(data)),
        new("PUSTEJOVSKY", "Pustejovsky and Rodgers's test", "sqrt(1/n1 + 1/n2)",
            "standardised mean differences, whose standard error depends on the estimate",
            "Pustejovsky and Rodgers (2019), Research Synthesis Methods 10:57, doi:10.1002/jrsm.1332",
            (data, _) => AsymmetryKernels.Line(data, Array.ConvertAll(data.Groups(), n => Math.Sqrt(1 / n.N1 + 1 / n.N2)), data.Precisions)),
    ];

    /// <summary>The test with a code, whatever its case.</summary>
    /// <exception cref="ArgumentException">There is none; the message lists those there are.</exception>
    public static SmallStudyTest Find(string code) =>
        All.FirstOrDefault(test => test.Code.Equals(code, StringComparison.OrdinalIgnoreCase))
        ?? throw new ArgumentException($"There is no test '{code}' of small-study effects; there are {string.Join(", ", All.Select(test => test.Code))}.", nameof(code));

    /// <summary>The tests that suit a measure, the first choice first (Sterne et al. 2011, BMJ 343:d4002, doi:10.1136/bmj.d4002, and the later sources of the tests).</summary>
    public static IReadOnlyList<SmallStudyTest> AdvisedFor(Measure measure)
    {
        ArgumentNullException.ThrowIfNull(measure);
        string[] codes = measure switch
        {
            { Code: "OR" } => ["HARBORD", "PETERS", "SCHWARZER"],
            { Code: "PETO" } => ["HARBORD", "SCHWARZER"],
            { Code: "RR" } => ["PETERS"],
            { Code: "SMD" or "SMDH" or "SMD1" or "SMD1H" } => ["PUSTEJOVSKY"],
            { Code: "HR" } => ["DEBRAY", "EGGER"],
            { NullValue: null } => ["MACASKILL"],
            _ => ["EGGER", "THOMPSON", "BEGG"],
        };
        return [.. codes.Select(Find)];
    }

    /// <summary>The same as a sentence, with whose advice it is: Sterne et al. recommend tests for odds ratios and mean differences, and find other measures too little studied.</summary>
    public static string AdviceFor(Measure measure)
    {
        var tests = AdvisedFor(measure);
        var names = $"for {measure.Code} the advised test{(tests.Count == 1 ? " is" : "s are")} {string.Join(", ", tests.Select(test => test.Code))}";
        const string Sterne = "Sterne et al. 2011, BMJ 343:d4002";
        return measure.Code is "OR" or "MD"
            ? $"{names} ({Sterne})."
            : $"{names}, by {(tests.Count == 1 ? "its source" : "their sources")}; such measures are less studied, and there is no firm guidance on them ({Sterne}).";
    }
}
