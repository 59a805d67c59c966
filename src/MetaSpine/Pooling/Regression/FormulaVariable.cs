namespace MetaSpine;

/// <summary>A variable as a formula writes it, before the data say how it is coded.</summary>
/// <param name="Text">Its text, as R would name it.</param>
/// <param name="Column">Where it begins in the formula.</param>
internal abstract record FormulaVariable(string Text, int Column)
{
    /// <summary>Its coding for the rows of a data set that have all their moderators.</summary>
    public abstract ModelVariable Fitted(FormulaData data);

    public abstract void AddNames(ICollection<string> names);

    /// <summary>A moderator by its name: a number or a category, as the moderator is.</summary>
    internal sealed record Named(string Name, int Column) : FormulaVariable(Name, Column)
    {
        public override ModelVariable Fitted(FormulaData data) => data.Moderators[Name].IsNumeric
            ? new NumberVariable(Text, new Arithmetic.Moderator(Name))
            : CategoryVariable.Sorted(Text, Name, data, null, Column);

        public override void AddNames(ICollection<string> names) => names.Add(Name);
    }

    /// <summary>factor(x), relevel(x, "a").</summary>
    internal sealed record Factor(string Name, string? Reference, string Text, int Column) : FormulaVariable(Text, Column)
    {
        public override ModelVariable Fitted(FormulaData data) => CategoryVariable.Sorted(Text, Name, data, Reference, Column);

        public override void AddNames(ICollection<string> names) => names.Add(Name);
    }

    /// <summary>I(...), log(...) and the like.</summary>
    internal sealed record Computed(Arithmetic Expression, string Text, int Column) : FormulaVariable(Text, Column)
    {
        public override ModelVariable Fitted(FormulaData data) => new NumberVariable(Text, data.Numeric(Expression, Column));

        public override void AddNames(ICollection<string> names) => Expression.AddNames(names);
    }

    /// <summary>poly(x, 2), ns(x, 3), rcs(x, 4).</summary>
    internal sealed record Curve(Arithmetic Expression, Func<double[], Basis> Fit, string Text, int Column) : FormulaVariable(Text, Column)
    {
        public override ModelVariable Fitted(FormulaData data)
        {
            var x = data.Values(data.Numeric(Expression, Column), Text, Column);
            try
            {
                return new CurveVariable(Text, Expression, Fit(x));
            }
            catch (ArgumentException e)
            {
                throw data.Fault(Column, $"{Text}: {e.Message}");
            }
        }

        public override void AddNames(ICollection<string> names) => Expression.AddNames(names);
    }
}
