using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Nodes;

namespace MetaSpine;

/// <summary>A number of a certain kind, kept as its text.</summary>
/// <param name="expected">What an error message says was expected.</param>
/// <param name="fits">Whether a value is of the kind.</param>
/// <param name="whole">Whether only digits may stand in the text.</param>
/// <param name="bounds">Whether a bound such as &lt;0.001 may stand for the number.</param>
internal sealed class NumberCodec(string expected, Func<double, bool>? fits = null, bool whole = false, bool bounds = false)
    : ScalarCodec<ReportedNumber>
{
    // Beyond this a double no longer holds every whole number.
    private const double LargestCount = 9e15;

    internal override string Expected => expected;

    protected override bool TryParse(YamlScalar scalar, [MaybeNullWhen(false)] out ReportedNumber value, out string? problem)
    {
        value = null;
        problem = NumberText.Problem(scalar.Text) is { } reason ? $"{reason}; expected {expected}" : null;
        if (problem is not null)
            return false;
        value = new ReportedNumber(scalar.Text);
        value.Place(scalar.At);
        if (value.Value is not { } number)
            return NumberText.IsAbsent(scalar.Text) || bounds;
        if (!whole)
            return fits is null || fits(number);
        if (number < 0)
            problem = $"found {scalar.Text}, expected {expected}; a count is never negative";
        else if (number != Math.Floor(number) || scalar.Text.AsSpan().ContainsAny('.', 'e', 'E'))
            problem = $"found {scalar.Text}, expected {expected}: counts are whole; a percentage goes under reported_percent";
        else if (number > LargestCount)
            problem = $"found {scalar.Text}, which is too large to be a count";
        return problem is null;
    }

    internal override YamlNode Write(ReportedNumber value) => new YamlScalar(value.Text, plain: !NumberText.IsBound(value.Text));

    internal override JsonObject Schema(SchemaDefinitions definitions)
    {
        var number = new JsonObject { ["type"] = whole ? "integer" : "number" };
        if (whole)
            number["minimum"] = 0;
        var text = whole ? "^(nr|na|\\+?[0-9]+)$"
            : $"^(nr|na|{(bounds ? "[<>]? ?" : "")}[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?)$";
        return new() { ["anyOf"] = new JsonArray(number, new JsonObject { ["type"] = "string", ["pattern"] = text }) };
    }
}

/// <summary>A number that is part of the file's own language (a year, a level, a count of records), not of a report.</summary>
internal sealed class PlainNumberCodec(string expected, Func<double, bool> fits, Func<double, string?>? advice = null) : ScalarCodec<double>
{
    internal override string Expected => expected;

    protected override bool TryParse(YamlScalar scalar, out double value, out string? problem)
    {
        value = NumberText.Value(scalar.Text) ?? double.NaN;
        problem = null;
        if (NumberText.IsNumber(scalar.Text) && fits(value))
            return true;
        var instead = double.IsNaN(value) ? null : advice?.Invoke(value);
        problem = $"found {scalar.Kind}, expected {expected}{(instead is null ? "" : $"; {instead}")}";
        return false;
    }

    internal override YamlNode Write(double value) => new YamlScalar(value.ToString("R", CultureInfo.InvariantCulture), plain: true);

    internal override JsonObject Schema(SchemaDefinitions definitions) => new() { ["type"] = JsonSchema.Words(["number", "string"]) };
}

/// <summary>A whole number of the file's own language: a year, a count of records.</summary>
internal sealed class WholeNumberCodec(string expected, int least, int most) : ScalarCodec<int>
{
    internal override string Expected => expected;

    protected override bool TryParse(YamlScalar scalar, out int value, out string? problem)
    {
        problem = null;
        return int.TryParse(scalar.Text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= least && value <= most;
    }

    internal override YamlNode Write(int value) => new YamlScalar(value.ToString(CultureInfo.InvariantCulture), plain: true);

    internal override JsonObject Schema(SchemaDefinitions definitions) => new()
    {
        ["anyOf"] = new JsonArray(
            new JsonObject { ["type"] = "integer", ["minimum"] = least, ["maximum"] = most },
            new JsonObject { ["type"] = "string", ["pattern"] = "^[0-9]+$" }),
    };
}
