namespace MetaSpine;

/// <summary>
/// The effect of a study without sampling error by two lines through the funnel plot: on the standard error (PET) and on the variance (PEESE).
/// </summary>
/// <remarks>T. D. Stanley and H. Doucouliagos (2014), Research Synthesis Methods 5:60, doi:10.1002/jrsm.1095.</remarks>
public sealed partial record PetPeeseResult
{
    /// <summary>The line on the standard error; its limit is unbiased where there is no effect.</summary>
    public required SmallStudyTestResult Pet { get; init; }

    /// <summary>The line on the sampling variance; its limit is less biased where there is one.</summary>
    public required SmallStudyTestResult Peese { get; init; }

    /// <summary>Whether PEESE is taken: PET's limit is significant one-sided at 5%, that is two-sided at 10%.</summary>
    public required bool TakesPeese { get; init; }

    /// <summary>The limit of the line that is taken, on the analysis scale, with its test and interval.</summary>
    public Coefficient Limit => (TakesPeese ? Peese : Pet).Limit!;

    /// <summary>What was found, in words; one sentence each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}

/// <summary>PET, PEESE and the choice between them.</summary>
public static class PetPeese
{
    /// <summary>Fits both lines and chooses.</summary>
    /// <param name="result">A pooled result.</param>
    /// <param name="model">How the scatter around the lines is described. <value>Default: the classical weighted line, as its authors have it.</value></param>
    /// <exception cref="PoolingException">There are fewer than 3 studies, or all standard errors are equal.</exception>
    public static PetPeeseResult PetPeeseLimit(this PooledResult result, AsymmetryModel model = AsymmetryModel.Classical)
    {
        ArgumentNullException.ThrowIfNull(result);
        AsymmetryKernels.Check(result.StudyCount, new FunnelData(result).Se, "standard error", "PET-PEESE");
        var pet = result.RegressionTest(model, AsymmetryPredictor.StandardError);
        var peese = result.RegressionTest(model, AsymmetryPredictor.Variance);
        var takesPeese = pet.Limit!.PValue < .1;
        var limit = (takesPeese ? peese : pet).Limit!;
        double estimate = result.Effects.BackTransform(limit.Estimate), lower = result.Effects.BackTransform(limit.Interval.Lower), upper = result.Effects.BackTransform(limit.Interval.Upper);
        return new PetPeeseResult
        {
            Pet = pet,
            Peese = peese,
            TakesPeese = takesPeese,
            Notes =
            [
                SmallStudyNotes.Text($"PET's limit has {SmallStudyNotes.P(pet.Limit.PValue)}, so that {(takesPeese ? "PEESE" : "PET")} is taken: the {result.Effects.Measure.ReadAs} of a study without sampling error is {estimate:G3} ({100 * limit.Interval.Level:0.##}% interval {lower:G3} to {upper:G3})."),
                "PET-PEESE is unreliable with few studies, much heterogeneity or little variation of the standard errors (Stanley 2017, doi:10.1177/1948550617693062), and for measures whose standard error depends on the estimate.",
                .. pet.StudyCount < 20 ? (string[])[SmallStudyNotes.Text($"With {pet.StudyCount} studies (fewer than 20) it should not be relied on.")] : [],
            ],
        };
    }
}
