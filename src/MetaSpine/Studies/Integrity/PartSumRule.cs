using System.Globalization;

namespace MetaSpine;

/// <summary>Parts must add up to their whole; percentages to 100 within their rounding.</summary>
internal static class PartSumRule
{
    internal static void Check(IntegrityReport report)
    {
        var study = report.Study;
        for (var i = 0; i < study.Partitions.Count; i++)
        {
            var partition = study.Partitions[i];
            var whole = partition.Total ?? study.FindGroup(partition.Of)?.N;
            if (partition.Unit == PartitionUnit.Percent)
                Percentages(report, partition.Parts, partition, $"partitions[{i}].parts", partition.By);
            else
                Counts(report, partition.Parts, whole, partition, $"partitions[{i}].parts", partition.By);
        }
        foreach (var (outcome, result, path) in ResultWalk.Of<OrdinalResult>(study))
        {
            var whole = result.Total ?? study.FindGroup(result.Group)?.N ?? study.FindArm(result.Arm)?.N;
            Counts(report, result.Counts, whole, result, $"{path}.counts", outcome.Label ?? outcome.Id);
            Counts(report, [.. result.Transitions.Select(t => new Part { Id = $"{t.From} to {t.To}", Number = t.N ?? new("nr") })],
                whole, result, $"{path}.transitions", outcome.Label ?? outcome.Id);
        }
        foreach (var (outcome, result, path) in ResultWalk.Of<DichotomousResult>(study))
            if (result is { Events: { } events, NonEvents: { } others, Total: { } total })
                Counts(report, [new() { Id = "events", Number = events }, new() { Id = "non_events", Number = others }],
                    total, result, path, outcome.Label ?? outcome.Id);
    }

    private static void Counts(
        IntegrityReport report, ValueList<Part> parts, ReportedNumber? whole, FileRecord holder, string path, string what)
    {
        if (ResultWalk.Count(whole) is not { } expected || Sum(parts) is not { } sum || sum == expected)
            return;
        var terms = string.Join(" + ", parts.Select(p => p.Number.Text));
        report.Add(IntegrityRules.PartSum, IntegritySeverity.Error, path, holder.Position, whole!.Text, $"{terms} = {sum}", whole.Text,
            $"{what}: the parts {terms} add up to {sum}, but the whole is {whole}"
            + (sum > expected ? "; perhaps some patients count in several parts" : "; perhaps some patients are in none of the parts"));
    }

    // Each percentage may be off by half a unit of its last place, so k of them by k halves together.
    private static void Percentages(IntegrityReport report, ValueList<Part> parts, FileRecord holder, string path, string what)
    {
        var (sum, tolerance) = (0m, 0m);
        foreach (var part in parts)
        {
            if (!TryDecimal(part.Number, out var value))
                return;
            sum += value;
            tolerance += 0.5m * PowerOfTenth(part.Number.Decimals);
        }
        if (parts.Count == 0 || Math.Abs(sum - 100) <= tolerance)
            return;
        var terms = string.Join(" + ", parts.Select(p => $"{p.Number}%"));
        var text = sum.ToString(CultureInfo.InvariantCulture);
        report.Add(IntegrityRules.PartSum, IntegritySeverity.Error, path, holder.Position, "100%", $"{terms} = {text}%",
            string.Create(CultureInfo.InvariantCulture, $"{100 - tolerance}% to {100 + tolerance}%"),
            $"{what}: {terms} make {text}%, which rounding does not explain");
    }

    private static long? Sum(ValueList<Part> parts)
    {
        var sum = 0L;
        foreach (var part in parts)
        {
            if (ResultWalk.Count(part.Number) is not { } n)
                return null;
            sum += n;
        }
        return parts.Count == 0 ? null : sum;
    }

    private static decimal PowerOfTenth(int decimals)
    {
        var power = 1m;
        for (var i = 0; i < Math.Min(decimals, 27); i++)
            power /= 10;
        return power;
    }

    private static bool TryDecimal(ReportedNumber number, out decimal value) =>
        decimal.TryParse(number.Text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value);
}
