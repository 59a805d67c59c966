namespace MetaSpine;

/// <summary>The registry of measures: the one list that help, validation, documentation and the command line read.</summary>
public static class Measures
{
    /// <summary>Every measure, grouped by the data it needs.</summary>
    public static IReadOnlyList<Measure> All { get; } =
    [
        TwoByTwoMeasures.OR, TwoByTwoMeasures.RR, TwoByTwoMeasures.RD, TwoByTwoMeasures.AS, TwoByTwoMeasures.PETO,
        MeanMeasures.MD, MeanMeasures.SMD, MeanMeasures.ROM,
        RateMeasures.IRR, RateMeasures.IRD,
        CorrelationMeasures.COR, CorrelationMeasures.ZCOR,
        ProportionMeasures.PR, ProportionMeasures.PLN, ProportionMeasures.PLO, ProportionMeasures.PRZ, ProportionMeasures.PAS, ProportionMeasures.PFT,
        RateMeasures.IR, RateMeasures.IRLN, RateMeasures.IRS, RateMeasures.IRFT,
        MeanMeasures.MN,
        ReadyMeasures.GEN,
    ];

    /// <summary>Finds a measure by its code, in any case.</summary>
    public static bool TryFind(string code, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Measure? measure)
    {
        measure = All.FirstOrDefault(m => string.Equals(m.Code, code, StringComparison.OrdinalIgnoreCase));
        return measure is not null;
    }

    /// <summary>Finds a measure by its code, in any case.</summary>
    /// <exception cref="ArgumentException">There is no such measure; the message names the nearest, or all.</exception>
    public static Measure Find(string code) =>
        TryFind(code, out var measure)
            ? measure
            : throw new ArgumentException($"there is no measure '{code}'{NearestName.Hint(code, [.. All.Select(m => m.Code)])}");

    /// <summary>Log odds ratio.</summary>
    public static Measure OR => TwoByTwoMeasures.OR;

    /// <summary>Log risk ratio.</summary>
    public static Measure RR => TwoByTwoMeasures.RR;

    /// <summary>Risk difference.</summary>
    public static Measure RD => TwoByTwoMeasures.RD;

    /// <summary>Arcsine square-root risk difference.</summary>
    public static Measure AS => TwoByTwoMeasures.AS;

    /// <summary>Peto's log odds ratio.</summary>
    public static Measure PETO => TwoByTwoMeasures.PETO;

    /// <summary>Mean difference.</summary>
    public static Measure MD => MeanMeasures.MD;

    /// <summary>Standardised mean difference (Hedges' g).</summary>
    public static Measure SMD => MeanMeasures.SMD;

    /// <summary>Log ratio of means.</summary>
    public static Measure ROM => MeanMeasures.ROM;

    /// <summary>Log incidence rate ratio.</summary>
    public static Measure IRR => RateMeasures.IRR;

    /// <summary>Incidence rate difference.</summary>
    public static Measure IRD => RateMeasures.IRD;

    /// <summary>Correlation coefficient.</summary>
    public static Measure COR => CorrelationMeasures.COR;

    /// <summary>Fisher's z.</summary>
    public static Measure ZCOR => CorrelationMeasures.ZCOR;

    /// <summary>Proportion.</summary>
    public static Measure PR => ProportionMeasures.PR;

    /// <summary>Log proportion.</summary>
    public static Measure PLN => ProportionMeasures.PLN;

    /// <summary>Logit proportion.</summary>
    public static Measure PLO => ProportionMeasures.PLO;

    /// <summary>Probit proportion.</summary>
    public static Measure PRZ => ProportionMeasures.PRZ;

    /// <summary>Arcsine square-root proportion.</summary>
    public static Measure PAS => ProportionMeasures.PAS;

    /// <summary>Freeman-Tukey double arcsine proportion.</summary>
    public static Measure PFT => ProportionMeasures.PFT;

    /// <summary>Incidence rate.</summary>
    public static Measure IR => RateMeasures.IR;

    /// <summary>Log incidence rate.</summary>
    public static Measure IRLN => RateMeasures.IRLN;

    /// <summary>Square-root incidence rate.</summary>
    public static Measure IRS => RateMeasures.IRS;

    /// <summary>Freeman-Tukey incidence rate.</summary>
    public static Measure IRFT => RateMeasures.IRFT;

    /// <summary>Mean.</summary>
    public static Measure MN => MeanMeasures.MN;

    /// <summary>Estimates with their variances, computed elsewhere.</summary>
    public static Measure GEN => ReadyMeasures.GEN;
}
