namespace MetaSpine;

/// <summary>The registry of measures: the one list that help, validation, documentation and the command line read.</summary>
public static partial class Measures
{
    /// <summary>Every measure, grouped by the data it needs.</summary>
    public static IReadOnlyList<Measure> All { get; } =
    [
        TwoByTwoMeasures.OR, TwoByTwoMeasures.RR, TwoByTwoMeasures.RD, TwoByTwoMeasures.AS, TwoByTwoMeasures.PETO,
        AssociationMeasures.PHI, AssociationMeasures.ZPHI, AssociationMeasures.YUQ, AssociationMeasures.YUY,
        AssociationMeasures.RTET, AssociationMeasures.ZTET,
        GroupContrastMeasures.OR2DL, GroupContrastMeasures.OR2DN, GroupContrastMeasures.PBIT,
        MatchedPairMeasures.MPRD, MatchedPairMeasures.MPRR, MatchedPairMeasures.MPOR, MatchedPairMeasures.MPORC,
        MatchedPairMeasures.MPPETO, MatchedPairMeasures.MPORM,
        RateMeasures.IRR, RateMeasures.IRD, RateMeasures.IRSD,
        TwoMeanMeasures.MD,
        StandardisedMeasures.SMD, StandardisedMeasures.SMDH, StandardisedMeasures.SMD1, StandardisedMeasures.SMD1H,
        TwoMeanMeasures.ROM, TwoMeanMeasures.CVR, TwoMeanMeasures.VR,
        GroupContrastMeasures.RPB, GroupContrastMeasures.ZPB, GroupContrastMeasures.RBIS, GroupContrastMeasures.ZBIS,
        GroupContrastMeasures.D2ORL, GroupContrastMeasures.D2ORN,
        SuperiorityMeasures.CLES, SuperiorityMeasures.CLESN,
        ChangeMeasures.MC, ChangeMeasures.SMCC, ChangeMeasures.SMCR, ChangeMeasures.SMCRH, ChangeMeasures.SMCRP,
        ChangeMeasures.SMCRPH, ChangeMeasures.ROMC, ChangeMeasures.CVRC, ChangeMeasures.VRC,
        SuperiorityMeasures.CLESCN,
        CorrelationMeasures.COR, CorrelationMeasures.UCOR, CorrelationMeasures.ZCOR,
        PartialCorrelationMeasures.PCOR, PartialCorrelationMeasures.ZPCOR, PartialCorrelationMeasures.SPCOR,
        PartialCorrelationMeasures.ZSPCOR,
        ExplainedVarianceMeasures.R2, ExplainedVarianceMeasures.ZR2, ExplainedVarianceMeasures.R2F, ExplainedVarianceMeasures.ZR2F,
        ProportionMeasures.PR, ProportionMeasures.PLN, ProportionMeasures.PLO, ProportionMeasures.PRZ, ProportionMeasures.PAS,
        ProportionMeasures.PFT,
        RateMeasures.IR, RateMeasures.IRLN, RateMeasures.IRS, RateMeasures.IRFT,
        SingleMeanMeasures.MN, SingleMeanMeasures.SMN, SingleMeanMeasures.MNLN, SingleMeanMeasures.SDLN, SingleMeanMeasures.CVLN,
        ReliabilityMeasures.ARAW, ReliabilityMeasures.AHW, ReliabilityMeasures.ABT,
        GenotypeMeasures.REH,
        ReadyMeasures.HR, ReadyMeasures.HD, ReadyMeasures.GEN,
    ];

    private static readonly (string Code, Measure Measure)[] Aliases =
        [("OR2D", OR2DL), ("D2OR", D2ORL), ("AUC", CLES), ("AUCN", CLESN), ("AUCCN", CLESCN)];

    /// <summary>Finds a measure by its code, in any case; OR2D, D2OR, AUC, AUCN and AUCCN are other codes of OR2DL, D2ORL, CLES, CLESN and CLESCN.</summary>
    public static bool TryFind(string code, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Measure? measure)
    {
        measure = All.FirstOrDefault(m => string.Equals(m.Code, code, StringComparison.OrdinalIgnoreCase))
            ?? Array.Find(Aliases, alias => string.Equals(alias.Code, code, StringComparison.OrdinalIgnoreCase)).Measure;
        return measure is not null;
    }

    /// <summary>Finds a measure by its code, in any case.</summary>
    /// <exception cref="ArgumentException">There is no such measure; the message names the nearest, or all.</exception>
    public static Measure Find(string code) =>
        TryFind(code, out var measure)
            ? measure
            : throw new ArgumentException($"there is no measure '{code}'{NearestName.Hint(code, [.. All.Select(m => m.Code)])}");
}
