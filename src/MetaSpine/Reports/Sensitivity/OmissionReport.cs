namespace MetaSpine;

/// <summary>Residuals of models for counts, and meta-regressions without some of their studies, in words and as tables.</summary>
internal static class OmissionReport
{
    public static SensitivityView Of(StratifiedResidualsResult result) => new(
        $"{result.Model.Natural.Name}, residual of each study",
        [Sentence(result), .. result.Notes],
        ["study", "weight", "residual", "se", "z", "deleted", "deleted_se", "deleted_z"],
        [
            .. result.Studies.Select(study => (object?[])[
                study.Label, study.Weight, study.Residual, study.ResidualStandardError, study.Standardised, study.DeletedResidual, study.DeletedResidualStandardError, study.Studentised]),
        ],
        ModelText.LeftOut(result.Model.Excluded),
        [.. SensitivityText.Sources(result.Model), $"Residuals on the analysis scale: the study's own estimate less the combined one, and less that of the other studies (deleted); z: over its standard error; {SensitivityText.CaseDiagnostics}."]);

    public static (bool Holds, string Verdict)? Verdict(StratifiedResidualsResult result) => (!result.Outlying.Any(), Sentence(result));

    public static SensitivityView Of(RegressionOmissionResult result) => new(
        $"{ModelText.Subject(result.Model)}, meta-regression with studies left out",
        [Sentence(result), .. result.Fits.Where(fit => fit.Problem is not null).Select(fit => $"Without {fit.Label} there is no model: {fit.Problem}.")],
        ["without", "coefficient", "estimate", "se", "p", "lower", "upper", "tau2"],
        [
            .. from fit in result.Fits
               from coefficient in fit.Coefficients
               select (object?[])[
                   fit.Label, coefficient.Name, coefficient.Estimate, coefficient.StandardError, coefficient.PValue, coefficient.Interval.Lower, coefficient.Interval.Upper,
                   fit.Tau2],
        ],
        ModelText.LeftOut(result.Model),
        [.. ModelText.Sources(result.Model), $"Each meta-regression is fitted anew to the studies that are left, τ² included; {SensitivityText.CaseDiagnostics}."]);

    public static (bool Holds, string Verdict)? Verdict(RegressionOmissionResult result) => (result.Changes.Count == 0, Sentence(result));

    private static string Sentence(StratifiedResidualsResult result)
    {
        var names = result.Outlying.Select(study => study.Label).ToList();
        return names.Count == 0
            ? $"None of the {result.Studies.Count} studies lies more than 1.96 standard errors away from what the others give."
            : $"{names.Count} of the {result.Studies.Count} studies {(names.Count == 1 ? "lies" : "lie")} more than 1.96 standard errors away from what the others give, where one in twenty does by chance: {Wording.List(names)}.";
    }

    private static string Sentence(RegressionOmissionResult result)
    {
        if (result.Changes.Count == 0)
        {
            return "Whichever is left out, the interval of each moderator's coefficient includes 0, or excludes it, as with all studies.";
        }

        var turned = from change in result.Changes
                     group change.Label by change.Coefficient into without
                     let includes = result.Model.Coefficients.First(coefficient => coefficient.Name == without.Key).Interval.Contains(0)
                     select $"With all studies the interval of {without.Key} {(includes ? "includes" : "excludes")} 0, but {(includes ? "excludes" : "includes")} it without {SubsetNotes.Names([.. without])}.";
        return string.Join(' ', turned);
    }
}
