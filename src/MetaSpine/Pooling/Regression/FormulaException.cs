namespace MetaSpine;

/// <summary>A formula that cannot be read or does not fit its moderators; the message quotes it, names the column and says what would help.</summary>
public sealed class FormulaException : Exception
{
    internal FormulaException(string formula, int column, string problem)
        : base(FormattableString.Invariant($"Column {column} of the formula '{formula}': {problem}"))
    {
        Formula = formula;
        Column = column;
    }

    /// <summary>The formula as it was written.</summary>
    public string Formula { get; }

    /// <summary>The column of the fault, from 1.</summary>
    public int Column { get; }
}
