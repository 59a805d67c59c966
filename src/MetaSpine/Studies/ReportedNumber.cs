using System.Globalization;

namespace MetaSpine;

/// <summary>A number exactly as a paper prints it: its text carries the precision ("25.0" is not "25").</summary>
/// <remarks>
/// Three texts stand for a number that is not there and have no <see cref="Value"/>: <c>nr</c> (not reported), <c>na</c> (not applicable) and,
/// for p-values, a bound such as <c>&lt;0.001</c>.
/// </remarks>
public sealed record ReportedNumber : FileRecord
{
    /// <summary>Creates a number from its text.</summary>
    /// <param name="text">Digits with an optional sign, decimal point and exponent; or <c>nr</c>, <c>na</c>, <c>&lt;0.001</c>.</param>
    /// <exception cref="FormatException">The text is no number; the message says how to write it.</exception>
    public ReportedNumber(string text)
    {
        if (NumberText.Problem(text) is { } problem)
            throw new FormatException(problem);
        Text = text;
        Value = NumberText.Value(text);
    }

    /// <summary>The number as written.</summary>
    public string Text { get; }

    /// <summary>The number's value; <see langword="null"/> where the text stands for a number that is not there.</summary>
    public double? Value { get; }

    /// <summary>Where this one number comes from, where that differs from the source of its result.</summary>
    public Source? Source { get; init; }

    /// <summary>How many digits stand after the decimal point: 1 for "25.0".</summary>
    public int Decimals => NumberText.Decimals(Text);

    /// <summary>A number from a whole number.</summary>
    public static implicit operator ReportedNumber(int value) => new(value.ToString(CultureInfo.InvariantCulture));

    /// <summary>A number from a decimal, which keeps its trailing zeros: <c>25.0m</c> is written "25.0".</summary>
    public static implicit operator ReportedNumber(decimal value) => new(value.ToString(CultureInfo.InvariantCulture));

    /// <summary>A number from a double, in its shortest exact text.</summary>
    /// <exception cref="FormatException">The value is infinite or not a number.</exception>
    public static implicit operator ReportedNumber(double value) => new(value.ToString("R", CultureInfo.InvariantCulture));

    /// <summary>Returns the text.</summary>
    public override string ToString() => Text;
}
