namespace MetaSpine;

/// <summary>Goes through the results of a study with the path of each.</summary>
internal static class ResultWalk
{
    internal static IEnumerable<(Outcome Outcome, R Result, string Path)> Of<R>(Study study) where R : OutcomeResult
    {
        for (var i = 0; i < study.Outcomes.Count; i++)
            for (var j = 0; j < study.Outcomes[i].Results.Count; j++)
                if (study.Outcomes[i].Results[j] is R result)
                    yield return (study.Outcomes[i], result, $"outcomes[{i}].results[{j}]");
    }

    /// <summary>The whole that a dichotomous result counts from: its total, else the size of its group or arm.</summary>
    internal static ReportedNumber? Whole(Study study, DichotomousResult result) =>
        result.Total ?? study.FindGroup(result.Group)?.N ?? study.FindArm(result.Arm)?.N;

    /// <summary>How many values a continuous result is of: its own number, else the size of its group or arm.</summary>
    internal static long? Size(Study study, ContinuousResult result) =>
        Count(result.N ?? study.FindGroup(result.Group)?.N ?? study.FindArm(result.Arm)?.N);

    /// <summary>The events of a dichotomous result, or its whole without those who had none.</summary>
    internal static long? Events(Study study, DichotomousResult result) =>
        Count(result.Events) ?? (Count(Whole(study, result)) - Count(result.NonEvents) is { } rest and >= 0 ? rest : null);

    /// <summary>The number's text where a check of printed digits can read it.</summary>
    internal static string? Printed(ReportedNumber? number) =>
        number?.Value is not null && PrintedNumber.TryParse(number.Text, out _) ? number.Text : null;

    /// <summary>A count as a whole number; null where it is not reported or not whole.</summary>
    internal static long? Count(ReportedNumber? number) =>
        number?.Value is { } value and >= 0 and < 9e15 && value == Math.Floor(value) ? (long)value : null;

    /// <summary>Where a number stands, or else the record that holds it.</summary>
    internal static SourcePosition At(ReportedNumber number, FileRecord holder) =>
        number.Position.File is null ? holder.Position : number.Position;
}
