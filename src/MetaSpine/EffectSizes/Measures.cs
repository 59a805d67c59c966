namespace MetaSpine;

/// <summary>The registry of measures: the one list that help, validation, documentation and the command line read.</summary>
public static partial class Measures
{
    /// <summary>The measures, made when first asked for: one who pools risk ratios need not wait for the other eighty.</summary>
    private static readonly Lazy<Measure[]>[] Groups =
    [
        new(() => [TwoByTwoMeasures.OR, TwoByTwoMeasures.RR, TwoByTwoMeasures.RD, TwoByTwoMeasures.AS, TwoByTwoMeasures.PETO]),
        new(() => [AssociationMeasures.PHI, AssociationMeasures.ZPHI, AssociationMeasures.YUQ, AssociationMeasures.YUY, AssociationMeasures.RTET, AssociationMeasures.ZTET]),
        new(() => [GroupContrastMeasures.OR2DL, GroupContrastMeasures.OR2DN, GroupContrastMeasures.PBIT]),
        new(() => [MatchedPairMeasures.MPRD, MatchedPairMeasures.MPRR, MatchedPairMeasures.MPOR, MatchedPairMeasures.MPORC, MatchedPairMeasures.MPPETO, MatchedPairMeasures.MPORM]),
        new(() => [RateMeasures.IRR, RateMeasures.IRD, RateMeasures.IRSD]),
        new(() => [TwoMeanMeasures.MD]),
        new(() => [StandardisedMeasures.SMD, StandardisedMeasures.SMDH, StandardisedMeasures.SMD1, StandardisedMeasures.SMD1H]),
        new(() => [TwoMeanMeasures.ROM, TwoMeanMeasures.CVR, TwoMeanMeasures.VR]),
        new(() => [GroupContrastMeasures.RPB, GroupContrastMeasures.ZPB, GroupContrastMeasures.RBIS, GroupContrastMeasures.ZBIS, GroupContrastMeasures.D2ORL, GroupContrastMeasures.D2ORN]),
        new(() => [SuperiorityMeasures.CLES, SuperiorityMeasures.CLESN]),
        new(() => [ChangeMeasures.MC, ChangeMeasures.SMCC, ChangeMeasures.SMCR, ChangeMeasures.SMCRH, ChangeMeasures.SMCRP, ChangeMeasures.SMCRPH]),
        new(() => [ChangeMeasures.ROMC, ChangeMeasures.CVRC, ChangeMeasures.VRC]),
        new(() => [SuperiorityMeasures.CLESCN]),
        new(() => [CorrelationMeasures.COR, CorrelationMeasures.UCOR, CorrelationMeasures.ZCOR]),
        new(() => [PartialCorrelationMeasures.PCOR, PartialCorrelationMeasures.ZPCOR, PartialCorrelationMeasures.SPCOR, PartialCorrelationMeasures.ZSPCOR]),
        new(() => [ExplainedVarianceMeasures.R2, ExplainedVarianceMeasures.ZR2, ExplainedVarianceMeasures.R2F, ExplainedVarianceMeasures.ZR2F]),
        new(() => [ProportionMeasures.PR, ProportionMeasures.PLN, ProportionMeasures.PLO, ProportionMeasures.PRZ, ProportionMeasures.PAS, ProportionMeasures.PFT]),
        new(() => [RateMeasures.IR, RateMeasures.IRLN, RateMeasures.IRS, RateMeasures.IRFT]),
        new(() => [SingleMeanMeasures.MN, SingleMeanMeasures.SMN, SingleMeanMeasures.MNLN, SingleMeanMeasures.SDLN, SingleMeanMeasures.CVLN]),
        new(() => [ReliabilityMeasures.ARAW, ReliabilityMeasures.AHW, ReliabilityMeasures.ABT]),
        new(() => [GenotypeMeasures.REH]),
        new(() => [ReadyMeasures.HR, ReadyMeasures.HD, ReadyMeasures.GEN]),
    ];

    private static readonly Lazy<Measure[]> Every = new(() => [.. Groups.SelectMany(group => group.Value)]);

    /// <summary>Every measure, grouped by the data it needs.</summary>
    public static IReadOnlyList<Measure> All => Every.Value;

    /// <summary>Finds a measure by its code, in any case; OR2D, D2OR, AUC, AUCN and AUCCN are other codes of OR2DL, D2ORL, CLES, CLESN and CLESCN.</summary>
    public static bool TryFind(string code, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Measure? measure)
    {
        ArgumentNullException.ThrowIfNull(code);
        var name = code.ToUpperInvariant() switch
        {
            "OR2D" => nameof(OR2DL),
            "D2OR" => nameof(D2ORL),
            "AUC" => nameof(CLES),
            "AUCN" => nameof(CLESN),
            "AUCCN" => nameof(CLESCN),
            var own => own,
        };
        foreach (var group in Groups)
        {
            if ((measure = Array.Find(group.Value, m => string.Equals(m.Code, name, StringComparison.OrdinalIgnoreCase))) is not null)
            {
                return true;
            }
        }

        measure = null;
        return false;
    }

    /// <summary>Finds a measure by its code, in any case.</summary>
    /// <exception cref="ArgumentException">There is no such measure; the message names the nearest, or all.</exception>
    public static Measure Find(string code) =>
        TryFind(code, out var measure)
            ? measure
            : throw new ArgumentException($"there is no measure '{code}'{NearestName.Hint(code, [.. All.Select(m => m.Code)])}");
}
