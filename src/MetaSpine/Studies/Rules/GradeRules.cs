namespace MetaSpine;

/// <summary>What must hold of the judgements of certainty in a review file.</summary>
internal static class GradeRules
{
    internal static void Check(Review review, Reading reading)
    {
        var analyses = review.Analyses.Select(analysis => analysis.Id).ToHashSet(StringComparer.Ordinal);
        var seen = new Dictionary<string, Grade>(StringComparer.Ordinal);
        foreach (var grade in review.Grades)
        {
            if (grade.Analysis.Length > 0 && !analyses.Contains(grade.Analysis))
                reading.Fault(grade.PositionOf("analysis"), $"there is no analysis '{grade.Analysis}'{NearestName.Hint(grade.Analysis, analyses)}");
            else if (grade.Analysis.Length > 0 && !seen.TryAdd(grade.Analysis, grade))
                reading.Fault(grade.PositionOf("analysis"), $"the certainty of '{grade.Analysis}' stands here and already at {seen[grade.Analysis].Position}");
            foreach (var step in Steps(grade))
                if (step.Levels == GradeStep.NotGiven)
                    reading.Fault(step.Position, "the key 'levels' is missing: by how many levels, 0, 1 or 2");
            foreach (var step in new[] { grade.Up.DoseResponse, grade.Up.OpposingConfounding })
                if (step?.Levels == 2)
                    reading.Fault(step.PositionOf("levels"), "found 2, expected 0 or 1: only a very large effect counts for two levels");
            foreach (var baseline in grade.Baselines)
                if (double.IsNaN(baseline.Per1000))
                    reading.Fault(baseline.Position, "the key 'per_1000' is missing: the risk without the intervention, of so many people per thousand");
        }
    }

    private static IEnumerable<GradeStep> Steps(Grade grade) => new[]
    {
        grade.Down.RiskOfBias, grade.Down.Inconsistency, grade.Down.Indirectness, grade.Down.Imprecision, grade.Down.PublicationBias,
        grade.Up.LargeEffect, grade.Up.DoseResponse, grade.Up.OpposingConfounding,
    }.OfType<GradeStep>();
}
