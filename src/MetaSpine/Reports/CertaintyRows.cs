using System.Text.Json;

namespace MetaSpine;

/// <summary>Certainty for other programs, all digits kept.</summary>
internal static class CertaintyRows
{
    public static Table Of(IReadOnlyList<CertaintyAssessment> assessments) => new(
        [new("analysis"), new("row"), new("name"), new("suggested"), new("chosen"), new("levels"), new("estimate"), new("lower"), new("upper"), new("text")],
        [.. assessments.SelectMany(Lines)]);

    private static IEnumerable<IReadOnlyList<string>> Lines(CertaintyAssessment found)
    {
        var id = found.Analysis.Analysis.Id;
        yield return [id, "start", Word(found.Start), "", found.Given?.Start is { } chosen ? Word(chosen) : "", "", "", "", "", found.StartSuggestion];
        foreach (var domain in found.Domains)
        {
            yield return [id, domain.IsUp ? "up" : "down", Key(domain.Reason), Number(domain.Suggestion.Levels), Number(domain.Chosen), Number(domain.Levels), "", "", "", domain.Because is null ? domain.Suggestion.Sentence : $"{domain.Because} | {domain.Suggestion.Sentence}"];
        }

        foreach (var effect in found.AbsoluteEffects)
        {
            if (effect is { Without: { } without, Difference: { } difference })
            {
                yield return [id, "baseline", effect.Label, "", "", "", Readable.Exact(without), "", "", effect.Note ?? ""];
                yield return [id, "difference", effect.Label, "", "", "", Readable.Exact(difference.Estimate), Readable.Exact(difference.Lower), Readable.Exact(difference.Upper), "per 1000"];
            }

            yield return [id, "risk", effect.Label, "", "", "", Readable.Exact(effect.With.Estimate), Readable.Exact(effect.With.Lower), Readable.Exact(effect.With.Upper), "per 1000"];
        }

        yield return [id, "certainty", Word(found.Certainty), "", "", Number((int)found.Certainty), "", "", "", found.IsJudged ? "judged" : "proposed"];
    }

    public static void Write(Utf8JsonWriter writer, IReadOnlyList<CertaintyAssessment> assessments)
    {
        writer.WriteStartArray();
        foreach (var found in assessments)
        {
            Write(writer, found);
        }

        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, CertaintyAssessment found)
    {
        writer.WriteStartObject();
        writer.WriteString("analysis", found.Analysis.Analysis.Id);
        writer.WriteString("title", found.Analysis.Title);
        writer.WriteString("certainty", Word(found.Certainty));
        writer.WriteBoolean("judged", found.IsJudged);
        writer.WriteString("start", Word(found.Start));
        writer.WriteString("startSuggestion", found.StartSuggestion);
        writer.WriteStartArray("domains");
        foreach (var domain in found.Domains)
        {
            writer.WriteStartObject();
            writer.WriteString("reason", Key(domain.Reason));
            Write(writer, "suggested", domain.Suggestion.Levels);
            writer.WriteString("suggestion", domain.Suggestion.Sentence);
            Write(writer, "chosen", domain.Chosen);
            writer.WriteString("because", domain.Because);
            writer.WriteNumber("levels", domain.Levels);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("absolute");
        foreach (var effect in found.AbsoluteEffects)
        {
            writer.WriteStartObject();
            writer.WriteString("label", effect.Label);
            if (effect.Without is { } without)
            {
                writer.WriteNumber("without", without);
            }

            Write(writer, "with", effect.With);
            if (effect.Difference is { } difference)
            {
                Write(writer, "difference", difference);
            }

            writer.WriteString("note", effect.Note);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("findings");
        foreach (var finding in found.Findings)
        {
            writer.WriteStringValue(finding);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, PerThousand value)
    {
        writer.WriteStartObject(name);
        writer.WriteNumber("estimate", value.Estimate);
        writer.WriteNumber("lower", value.Lower);
        writer.WriteNumber("upper", value.Upper);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, int? value)
    {
        if (value is { } number)
        {
            writer.WriteNumber(name, number);
        }
        else
        {
            writer.WriteNull(name);
        }
    }

    private static string Number(int? value) => Readable.Exact(value);

    private static string Word(CertaintyLevel level) => Grade.Levels.Word(level);

    /// <summary>A reason as review files write it: risk_of_bias.</summary>
    private static string Key(CertaintyReason reason) => string.Concat(reason.ToString().Select((letter, i) => char.IsUpper(letter) && i > 0 ? $"_{char.ToLowerInvariant(letter)}" : $"{char.ToLowerInvariant(letter)}"));
}
