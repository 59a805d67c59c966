using System.Text.Json;

namespace MetaSpine;

/// <summary>The screening of a review in words, as tables and as JSON.</summary>
internal static class ScreeningReport
{
    private const int MostConflicts = 50;

    public static ReportParts Parts(ScreeningResult result) => new(
        "Screening",
        result.Stages.SelectMany(Findings),
        [], [],
        result.Stages.Any(stage => stage.Reviewers.Count > 1) ? [.. AgreementReport.Sources, .. result.Stages.Any(stage => stage.Together is not null) ? [AgreementReport.SeveralSource] : Array.Empty<string>()] : []);

    public static ReportParts Parts(AgreementResult result) => new($"Agreement of {result.Table.First} and {result.Table.Second}", AgreementReport.Findings(result), [], [], AgreementReport.Sources);

    public static ReportParts Parts(MultiraterAgreement result) => new(
        FormattableString.Invariant($"Agreement of {result.Raters} raters"), AgreementReport.Findings(result), [], [], [AgreementReport.SeveralSource, AgreementReport.Sources[2]]);

    public static string Name(ScreeningStage stage) => stage == ScreeningStage.TitleAbstract ? "Titles and abstracts" : "Full texts";

    public static IEnumerable<Block> Findings(ScreeningStageResult stage)
    {
        yield return new Heading(Name(stage.Stage), 3);
        yield return new Paragraph(Summary(stage));
        yield return new TableBlock(Reviewers(stage));
        foreach (var pair in stage.Pairs)
        {
            foreach (var block in AgreementReport.Findings(pair))
            {
                yield return block;
            }
        }

        if (stage.Unpaired.Count > 0)
        {
            yield return new Paragraph($"No record was judged by both {string.Join("; ", stage.Unpaired)}: their agreement is not known.");
        }

        if (stage.Together is { } together)
        {
            foreach (var block in AgreementReport.Findings(together))
            {
                yield return block;
            }
        }

        var conflicts = stage.Conflicts.ToList();
        if (conflicts.Count > 0)
        {
            yield return new Paragraph(FormattableString.Invariant($"{conflicts.Count} {(conflicts.Count == 1 ? "record was" : "records were")} judged differently{(conflicts.Count > MostConflicts ? $"; the first {MostConflicts} are" : "")}:"));
            yield return new TableBlock(Conflicts(stage, MostConflicts));
        }
    }

    /// <summary>The records that were judged differently, with each reviewer's decision and the one in the end.</summary>
    public static Table Conflicts(ScreeningStageResult stage, int most = int.MaxValue)
    {
        var conflicts = stage.Conflicts.Take(most).ToList();
        var settled = conflicts.Exists(record => record.By(ScreeningDecision.Final) is not null);
        return new Table(
            [new("Record"), .. stage.Reviewers.Select(reviewer => new TableColumn(reviewer)), .. settled ? [new TableColumn("In the end")] : Array.Empty<TableColumn>()],
            [.. conflicts.Select(record => (string[])
            [
                record.Record, .. stage.Reviewers.Select(reviewer => record.By(reviewer) is { } decision ? Screening.Word(decision) : ""),
                .. settled ? [record.By(ScreeningDecision.Final) is { } final ? Screening.Word(final) : ""] : Array.Empty<string>(),
            ])]);
    }

    /// <summary>The same for all steps: a column for each reviewer of any.</summary>
    public static Table Conflicts(ScreeningResult result)
    {
        List<string> reviewers = [.. result.Stages.SelectMany(stage => stage.Reviewers).Distinct()];
        string Word(ScreenedRecord record, string reviewer) => record.By(reviewer) is { } decision ? Screening.Word(decision) : "";
        return new Table(
            [new("Stage"), new("Record"), .. reviewers.Select(reviewer => new TableColumn(reviewer)), new("In the end")],
            [.. result.Stages.SelectMany(stage => stage.Conflicts.Select(record => (string[])
                [ScreeningDecision.Stages.Word(stage.Stage), record.Record, .. reviewers.Select(reviewer => Word(record, reviewer)), Word(record, ScreeningDecision.Final)]))]);
    }

    public static Table Exact(ScreeningResult result) => Rows([.. result.Stages.SelectMany(stage => stage.Pairs.SelectMany(pair => Of(pair).Select(row => (string[])[Name(stage.Stage), .. row]))
        .Concat(stage.Together is { } together ? Of(together).Select(row => (string[])[Name(stage.Stage), .. row]) : []))], "stage");

    public static Table Exact(AgreementResult result) => Rows(Of(result));

    public static Table Exact(MultiraterAgreement result) => Rows(Of(result));

    public static void Write(Utf8JsonWriter writer, ScreeningResult result)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("stages");
        foreach (var stage in result.Stages)
        {
            writer.WriteStartObject();
            writer.WriteString("stage", ScreeningDecision.Stages.Word(stage.Stage));
            writer.WriteNumber("records", stage.Records.Count);
            ResultJson.Write(writer, "reviewers", stage.Reviewers);
            writer.WriteNumber("included", stage.Count(ScreeningVerdict.Include));
            writer.WriteNumber("maybe", stage.Count(ScreeningVerdict.Maybe));
            writer.WriteNumber("excluded", stage.Count(ScreeningVerdict.Exclude));
            writer.WriteNumber("unsettled", stage.Count(null));
            writer.WriteStartArray("agreement");
            foreach (var pair in stage.Pairs)
            {
                Write(writer, pair);
            }

            writer.WriteEndArray();
            if (stage.Together is { } together)
            {
                writer.WritePropertyName("together");
                Write(writer, together);
            }

            writer.WriteStartArray("conflicts");
            foreach (var record in stage.Conflicts)
            {
                writer.WriteStartObject();
                writer.WriteString("record", record.Record);
                writer.WriteStartObject("decisions");
                foreach (var decision in record.Decisions.DistinctBy(decision => decision.Reviewer))
                {
                    writer.WriteString(decision.Reviewer, Screening.Word(decision));
                }

                writer.WriteEndObject();
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, AgreementResult result)
    {
        var table = result.Table;
        writer.WriteStartObject();
        ResultJson.Write(writer, "raters", [table.First, table.Second]);
        ResultJson.Write(writer, "categories", table.Categories);
        writer.WriteStartArray("table");
        for (var row = 0; row < table.Categories.Count; row++)
        {
            writer.WriteStartArray();
            for (var column = 0; column < table.Categories.Count; column++)
            {
                writer.WriteNumberValue(table[row, column]);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndArray();
        Coefficients(writer, result.Coefficients);
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, MultiraterAgreement result)
    {
        writer.WriteStartObject();
        writer.WriteNumber("records", result.Records);
        writer.WriteNumber("raters", result.Raters);
        ResultJson.Write(writer, "categories", result.Categories);
        Coefficients(writer, [result.Kappa, result.Ac1]);
        writer.WriteEndObject();
    }

    private static void Coefficients(Utf8JsonWriter writer, IEnumerable<AgreementCoefficient> coefficients)
    {
        writer.WriteStartArray("coefficients");
        foreach (var coefficient in coefficients)
        {
            writer.WriteStartObject();
            writer.WriteString("code", coefficient.Code);
            writer.WriteString("name", coefficient.Name);
            writer.WriteFinite("observed", coefficient.Observed);
            writer.WriteFinite("expected", coefficient.Expected);
            writer.WriteFinite("estimate", coefficient.Estimate);
            writer.WriteFinite("standardError", coefficient.StandardError);
            writer.WriteFinite("nullStandardError", coefficient.NullStandardError);
            ResultJson.Interval(writer, "interval", coefficient.Interval);
            writer.WriteFinite("pValue", coefficient.PValue);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static string Summary(ScreeningStageResult stage)
    {
        var (records, conflicts) = (stage.Records.Count, stage.Conflicts.Count());
        (string Word, int Count)[] outcomes =
        [
            ("included", stage.Count(ScreeningVerdict.Include)), ("undecided (maybe)", stage.Count(ScreeningVerdict.Maybe)), ("excluded", stage.Count(ScreeningVerdict.Exclude)),
            ("in conflict and not settled", stage.Count(null)),
        ];
        return $"{Readable.Count(records)} {(records == 1 ? "record" : "records")}: {string.Join(", ", outcomes.Where(outcome => outcome.Count > 0).Select(outcome => $"{Readable.Count(outcome.Count)} {outcome.Word}"))}"
            + $"{(conflicts > 0 ? $"; {Readable.Count(conflicts)} judged differently" : "")}.{(stage.Reviewers.Count < 2 ? " There is only one reviewer, and no agreement to measure." : "")}";
    }

    private static Table Reviewers(ScreeningStageResult stage)
    {
        var verdicts = new[] { ScreeningVerdict.Include, ScreeningVerdict.Maybe, ScreeningVerdict.Exclude };
        return new Table(
            [new("Reviewer"), new("Judged", Alignment.Right), .. verdicts.Select(verdict => new TableColumn(ScreeningDecision.Verdicts.Word(verdict), Alignment.Right))],
            [.. stage.Reviewers.Select(reviewer => stage.Records.Select(record => record.By(reviewer)?.Decision).OfType<ScreeningVerdict>().ToList() is var choices
                ? (string[])[reviewer, Readable.Count(choices.Count), .. verdicts.Select(verdict => Readable.Count(choices.Count(choice => choice == verdict)))] : [])]);
    }

    private static Table Rows(IReadOnlyList<string[]> rows, params string[] before) => new(
        [.. before.Select(name => new TableColumn(name)), new("raters"), new("records"), new("coefficient"), new("observed"), new("expected"), new("estimate"), new("se"), new("lower"), new("upper"), new("level"), new("se_null"), new("p")],
        rows);

    private static List<string[]> Of(AgreementResult result) => Of($"{result.Table.First}, {result.Table.Second}", result.Table.Total, result.Coefficients, result.Level);

    private static List<string[]> Of(MultiraterAgreement result) => Of("all", result.Records, [result.Kappa, result.Ac1], result.Level);

    private static List<string[]> Of(string raters, long records, IEnumerable<AgreementCoefficient> coefficients, double level) => [.. coefficients.Select(coefficient => (string[])
    [
        raters, Readable.Exact(records), coefficient.Code, Readable.Exact(coefficient.Observed), Readable.Exact(coefficient.Expected), Readable.Exact(coefficient.Estimate), Readable.Exact(coefficient.StandardError),
        Readable.Exact(coefficient.Interval?.Lower), Readable.Exact(coefficient.Interval?.Upper), Readable.Exact(level), Readable.Exact(coefficient.NullStandardError), Readable.Exact(coefficient.PValue),
    ])];
}
