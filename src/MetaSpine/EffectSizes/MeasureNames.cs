namespace MetaSpine;

// The measures by name, for code that knows which it wants.
public static partial class Measures
{
    /// <summary>Log odds ratio.</summary>
    public static Measure OR => TwoByTwoMeasures.OR;

    /// <summary>Log risk ratio.</summary>
    public static Measure RR => TwoByTwoMeasures.RR;

    /// <summary>Risk difference.</summary>
    public static Measure RD => TwoByTwoMeasures.RD;

    /// <summary>Arcsine square-root difference.</summary>
    public static Measure AS => TwoByTwoMeasures.AS;

    /// <summary>Log odds ratio (Peto).</summary>
    public static Measure PETO => TwoByTwoMeasures.PETO;

    /// <summary>Phi coefficient.</summary>
    public static Measure PHI => AssociationMeasures.PHI;

    /// <summary>Fisher's z of the phi coefficient.</summary>
    public static Measure ZPHI => AssociationMeasures.ZPHI;

    /// <summary>Yule's Q.</summary>
    public static Measure YUQ => AssociationMeasures.YUQ;

    /// <summary>Yule's Y.</summary>
    public static Measure YUY => AssociationMeasures.YUY;

    /// <summary>Tetrachoric correlation.</summary>
    public static Measure RTET => AssociationMeasures.RTET;

    /// <summary>Fisher's z of the tetrachoric correlation.</summary>
    public static Measure ZTET => AssociationMeasures.ZTET;

    /// <summary>Standardised mean difference from an odds ratio (logistic).</summary>
    public static Measure OR2DL => GroupContrastMeasures.OR2DL;

    /// <summary>Standardised mean difference from an odds ratio (normal).</summary>
    public static Measure OR2DN => GroupContrastMeasures.OR2DN;

    /// <summary>Standardised mean difference from a difference of probits.</summary>
    public static Measure PBIT => GroupContrastMeasures.PBIT;

    /// <summary>Matched-pairs risk difference.</summary>
    public static Measure MPRD => MatchedPairMeasures.MPRD;

    /// <summary>Matched-pairs log risk ratio.</summary>
    public static Measure MPRR => MatchedPairMeasures.MPRR;

    /// <summary>Matched-pairs marginal log odds ratio.</summary>
    public static Measure MPOR => MatchedPairMeasures.MPOR;

    /// <summary>Matched-pairs conditional log odds ratio.</summary>
    public static Measure MPORC => MatchedPairMeasures.MPORC;

    /// <summary>Matched-pairs log odds ratio (Peto).</summary>
    public static Measure MPPETO => MatchedPairMeasures.MPPETO;

    /// <summary>Matched-pairs marginal log odds ratio from margins.</summary>
    public static Measure MPORM => MatchedPairMeasures.MPORM;

    /// <summary>Log incidence rate ratio.</summary>
    public static Measure IRR => RateMeasures.IRR;

    /// <summary>Incidence rate difference.</summary>
    public static Measure IRD => RateMeasures.IRD;

    /// <summary>Square-root incidence rate difference.</summary>
    public static Measure IRSD => RateMeasures.IRSD;

    /// <summary>Mean difference.</summary>
    public static Measure MD => TwoMeanMeasures.MD;

    /// <summary>Standardised mean difference.</summary>
    public static Measure SMD => StandardisedMeasures.SMD;

    /// <summary>Standardised mean difference (unequal variances).</summary>
    public static Measure SMDH => StandardisedMeasures.SMDH;

    /// <summary>Standardised mean difference (SD of the controls).</summary>
    public static Measure SMD1 => StandardisedMeasures.SMD1;

    /// <summary>Standardised mean difference (SD of the controls, unequal variances).</summary>
    public static Measure SMD1H => StandardisedMeasures.SMD1H;

    /// <summary>Log ratio of means.</summary>
    public static Measure ROM => TwoMeanMeasures.ROM;

    /// <summary>Log coefficient of variation ratio.</summary>
    public static Measure CVR => TwoMeanMeasures.CVR;

    /// <summary>Log variability ratio.</summary>
    public static Measure VR => TwoMeanMeasures.VR;

    /// <summary>Point-biserial correlation.</summary>
    public static Measure RPB => GroupContrastMeasures.RPB;

    /// <summary>Fisher's z of the point-biserial correlation.</summary>
    public static Measure ZPB => GroupContrastMeasures.ZPB;

    /// <summary>Biserial correlation.</summary>
    public static Measure RBIS => GroupContrastMeasures.RBIS;

    /// <summary>Fisher's z of the biserial correlation.</summary>
    public static Measure ZBIS => GroupContrastMeasures.ZBIS;

    /// <summary>Log odds ratio from a standardised difference (logistic).</summary>
    public static Measure D2ORL => GroupContrastMeasures.D2ORL;

    /// <summary>Log odds ratio from a standardised difference (normal).</summary>
    public static Measure D2ORN => GroupContrastMeasures.D2ORN;

    /// <summary>Area under the curve.</summary>
    public static Measure CLES => SuperiorityMeasures.CLES;

    /// <summary>Area under the curve (normal groups).</summary>
    public static Measure CLESN => SuperiorityMeasures.CLESN;

    /// <summary>Mean change.</summary>
    public static Measure MC => ChangeMeasures.MC;

    /// <summary>Standardised mean change (SD of the change).</summary>
    public static Measure SMCC => ChangeMeasures.SMCC;

    /// <summary>Standardised mean change (raw SD).</summary>
    public static Measure SMCR => ChangeMeasures.SMCR;

    /// <summary>Standardised mean change (raw SD, unequal variances).</summary>
    public static Measure SMCRH => ChangeMeasures.SMCRH;

    /// <summary>Standardised mean change (mean SD).</summary>
    public static Measure SMCRP => ChangeMeasures.SMCRP;

    /// <summary>Standardised mean change (mean SD, unequal variances).</summary>
    public static Measure SMCRPH => ChangeMeasures.SMCRPH;

    /// <summary>Log ratio of means (dependent groups).</summary>
    public static Measure ROMC => ChangeMeasures.ROMC;

    /// <summary>Log coefficient of variation ratio (dependent groups).</summary>
    public static Measure CVRC => ChangeMeasures.CVRC;

    /// <summary>Log variability ratio (dependent groups).</summary>
    public static Measure VRC => ChangeMeasures.VRC;

    /// <summary>Area under the curve (normal, dependent groups).</summary>
    public static Measure CLESCN => SuperiorityMeasures.CLESCN;

    /// <summary>Correlation.</summary>
    public static Measure COR => CorrelationMeasures.COR;

    /// <summary>Correlation, corrected for bias.</summary>
    public static Measure UCOR => CorrelationMeasures.UCOR;

    /// <summary>Fisher's z.</summary>
    public static Measure ZCOR => CorrelationMeasures.ZCOR;

    /// <summary>Partial correlation.</summary>
    public static Measure PCOR => PartialCorrelationMeasures.PCOR;

    /// <summary>Fisher's z of the partial correlation.</summary>
    public static Measure ZPCOR => PartialCorrelationMeasures.ZPCOR;

    /// <summary>Semi-partial correlation.</summary>
    public static Measure SPCOR => PartialCorrelationMeasures.SPCOR;

    /// <summary>Fisher's z of the semi-partial correlation.</summary>
    public static Measure ZSPCOR => PartialCorrelationMeasures.ZSPCOR;

    /// <summary>R^2.</summary>
    public static Measure R2 => ExplainedVarianceMeasures.R2;

    /// <summary>Fisher's z of the multiple correlation.</summary>
    public static Measure ZR2 => ExplainedVarianceMeasures.ZR2;

    /// <summary>R^2 (fixed predictors).</summary>
    public static Measure R2F => ExplainedVarianceMeasures.R2F;

    /// <summary>Fisher's z of the multiple correlation (fixed predictors).</summary>
    public static Measure ZR2F => ExplainedVarianceMeasures.ZR2F;

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

    /// <summary>Double arcsine proportion.</summary>
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
    public static Measure MN => SingleMeanMeasures.MN;

    /// <summary>Standardised mean.</summary>
    public static Measure SMN => SingleMeanMeasures.SMN;

    /// <summary>Log mean.</summary>
    public static Measure MNLN => SingleMeanMeasures.MNLN;

    /// <summary>Log standard deviation.</summary>
    public static Measure SDLN => SingleMeanMeasures.SDLN;

    /// <summary>Log coefficient of variation.</summary>
    public static Measure CVLN => SingleMeanMeasures.CVLN;

    /// <summary>Cronbach's alpha.</summary>
    public static Measure ARAW => ReliabilityMeasures.ARAW;

    /// <summary>Cronbach's alpha (cube root).</summary>
    public static Measure AHW => ReliabilityMeasures.AHW;

    /// <summary>Cronbach's alpha (log).</summary>
    public static Measure ABT => ReliabilityMeasures.ABT;

    /// <summary>Log relative excess heterozygosity.</summary>
    public static Measure REH => GenotypeMeasures.REH;

    /// <summary>Log hazard ratio.</summary>
    public static Measure HR => ReadyMeasures.HR;

    /// <summary>Hazard difference.</summary>
    public static Measure HD => ReadyMeasures.HD;

    /// <summary>Estimate.</summary>
    public static Measure GEN => ReadyMeasures.GEN;
}
