namespace MetaSpine;

/// <summary>How far the studies of a Mantel-Haenszel or Peto estimate lie from it, and from what the other studies give.</summary>
/// <remarks>
/// Viechtbauer and Cheung (2010), Research Synthesis Methods 1:112, doi:10.1002/jrsm.11. A study's own estimate is no part of these models, so that leverages,
/// DFFITS and Cook's distances have no meaning; residuals have, as metafor's <c>rstandard</c> and <c>rstudent</c> show them.
/// </remarks>
public static class StratifiedResiduals
{
    /// <summary>Beyond this one study in twenty lies by chance.</summary>
    internal const double Far = 1.96;

    /// <summary>Computes the residuals; without each study the counts of the others are combined anew.</summary>
    /// <param name="result">A result by Mantel-Haenszel's or Peto's method.</param>
    /// <exception cref="PoolingException">There are fewer than three studies.</exception>
    public static StratifiedResidualsResult Residuals(this StratifiedResult result)
    {
        var without = result.LeaveOneOut().Subsets;
        var studies = new StratifiedResidual[result.StudyCount];
        for (var i = 0; i < studies.Length; i++)
        {
            var (study, others) = (result.Studies[i], without[i]);
            var own = result.Effects.Studies[study.Row];
            studies[i] = new StratifiedResidual
            {
                Label = study.Effect.Label,
                Row = study.Row,
                Weight = study.Weight,
                Residual = own.IsComputed ? own.Estimate - result.Estimate : null,
                ResidualStandardError = own.IsComputed ? own.StandardError : null,
                DeletedResidual = own.IsComputed && others.Problem is null ? own.Estimate - others.Estimate : null,
                DeletedResidualStandardError = own.IsComputed && others.Problem is null ? double.Hypot(own.StandardError, others.StandardError) : null,
                Deleted = others,
            };
        }

        return new StratifiedResidualsResult { Model = result, Studies = studies, Notes = [.. Notes(studies)] };
    }

    private static IEnumerable<string> Notes(StratifiedResidual[] studies)
    {
        foreach (var study in studies)
        {
            if (Math.Abs(study.Studentised ?? 0) > Far)
            {
                yield return SmallStudyNotes.Text($"{study.Label} lies {Math.Abs(study.Studentised!.Value):0.0} standard errors {(study.Studentised < 0 ? "below" : "above")} what the other studies give.");
            }
            else if (study.Studentised is null)
            {
                yield return $"{study.Label} has no residual: {study.Deleted.Problem ?? "it has no estimate of its own."}";
            }
        }
    }
}

/// <summary>The residuals of the studies of a Mantel-Haenszel or Peto estimate.</summary>
public sealed partial record StratifiedResidualsResult
{
    /// <summary>The result of all studies.</summary>
    public required StratifiedResult Model { get; init; }

    /// <summary>One entry for each study in the model, in order.</summary>
    public required IReadOnlyList<StratifiedResidual> Studies { get; init; }

    /// <summary>One sentence for each study more than 1.96 standard errors away from the others, and for each that has no residual.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>The studies whose studentised deleted residual is beyond 1.96.</summary>
    public IEnumerable<StratifiedResidual> Outlying => Studies.Where(study => Math.Abs(study.Studentised ?? 0) > StratifiedResiduals.Far);
}

/// <summary>A study's residuals, on the analysis scale; null where it has no estimate of its own (no events at all).</summary>
public sealed record StratifiedResidual
{
    /// <summary>Its name.</summary>
    public required string Label { get; init; }

    /// <summary>Its row in the effect sizes, from 0.</summary>
    public required int Row { get; init; }

    /// <summary>Its weight as a proportion.</summary>
    public required double Weight { get; init; }

    /// <summary>Its own estimate less the combined one.</summary>
    public required double? Residual { get; init; }

    /// <summary>The standard error of its own estimate.</summary>
    public required double? ResidualStandardError { get; init; }

    /// <summary>The residual over that standard error.</summary>
    public double? Standardised => Residual / ResidualStandardError;

    /// <summary>Its own estimate less that of the other studies combined; null also where they cannot be.</summary>
    public required double? DeletedResidual { get; init; }

    /// <summary>Its standard error, sqrt(v + var) with the variance of the other studies' estimate.</summary>
    public required double? DeletedResidualStandardError { get; init; }

    /// <summary>The studentised deleted residual: about standard normal unless the study is an outlier.</summary>
    public double? Studentised => DeletedResidual / DeletedResidualStandardError;

    /// <summary>The result without the study.</summary>
    public required SubsetResult Deleted { get; init; }
}
