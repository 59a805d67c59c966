using System.Globalization;

namespace MetaSpine;

/// <summary>An expression of numbers and moderators, as in I(x^2) or log(dose + 1). Its text is written as R writes it.</summary>
internal abstract record Arithmetic
{
    /// <summary>The functions that a formula knows, with the number of arguments that each takes (0: one or more).</summary>
    public static readonly IReadOnlyDictionary<string, int> Functions = new Dictionary<string, int>(StringComparer.Ordinal)
    {
        ["log"] = 1, ["log2"] = 1, ["log10"] = 1, ["log1p"] = 1, ["exp"] = 1, ["sqrt"] = 1, ["abs"] = 1, ["pmin"] = 0, ["pmax"] = 0,
    };

    public abstract string Text { get; }

    public abstract double At(IModeratorSource source);

    /// <summary>Adds the names of the moderators that it reads.</summary>
    public abstract void AddNames(ICollection<string> names);

    internal sealed record Constant(double Value) : Arithmetic
    {
        public override string Text => Value.ToString("R", CultureInfo.InvariantCulture);

        public override double At(IModeratorSource source) => Value;

        public override void AddNames(ICollection<string> names)
        {
        }
    }

    internal sealed record Moderator(string Name) : Arithmetic
    {
        public override string Text => Name;

        public override double At(IModeratorSource source) => source.Number(Name);

        public override void AddNames(ICollection<string> names) => names.Add(Name);
    }

    internal sealed record Negative(Arithmetic Inner) : Arithmetic
    {
        public override string Text => $"-{Inner.Text}";

        public override double At(IModeratorSource source) => -Inner.At(source);

        public override void AddNames(ICollection<string> names) => Inner.AddNames(names);
    }

    internal sealed record Bracketed(Arithmetic Inner) : Arithmetic
    {
        public override string Text => $"({Inner.Text})";

        public override double At(IModeratorSource source) => Inner.At(source);

        public override void AddNames(ICollection<string> names) => Inner.AddNames(names);
    }

    internal sealed record Operation(char Symbol, Arithmetic Left, Arithmetic Right) : Arithmetic
    {
        public override string Text => Symbol is '/' or '^' ? $"{Left.Text}{Symbol}{Right.Text}" : $"{Left.Text} {Symbol} {Right.Text}";

        public override double At(IModeratorSource source)
        {
            var (left, right) = (Left.At(source), Right.At(source));
            return Symbol switch
            {
                '+' => left + right,
                '-' => left - right,
                '*' => left * right,
                '/' => left / right,
                _ => Math.Pow(left, right),
            };
        }

        public override void AddNames(ICollection<string> names)
        {
            Left.AddNames(names);
            Right.AddNames(names);
        }
    }

    internal sealed record Call(string Function, IReadOnlyList<Arithmetic> Arguments) : Arithmetic
    {
        public override string Text => $"{Function}({string.Join(", ", Arguments.Select(argument => argument.Text))})";

        public override double At(IModeratorSource source)
        {
            var value = Arguments[0].At(source);
            switch (Function)
            {
                case "log": return Math.Log(value);
                case "log2": return Math.Log2(value);
                case "log10": return Math.Log10(value);
                case "log1p": return LogOfOneAnd(value);
                case "exp": return Math.Exp(value);
                case "sqrt": return Math.Sqrt(value);
                case "abs": return Math.Abs(value);
            }

            for (var i = 1; i < Arguments.Count; i++)
            {
                var next = Arguments[i].At(source);
                value = Function == "pmin" ? Math.Min(value, next) : Math.Max(value, next);
            }

            return value;
        }

        /// <summary>ln(1 + x); what the sum rounds off a small x its logarithm has lost in the same proportion (Kahan).</summary>
        private static double LogOfOneAnd(double x)
        {
            var sum = 1 + x;
            return sum == 1 || double.IsPositiveInfinity(sum) ? x : Math.Log(sum) * (x / (sum - 1));
        }

        public override void AddNames(ICollection<string> names)
        {
            foreach (var argument in Arguments)
            {
                argument.AddNames(names);
            }
        }
    }
}

/// <summary>One study's moderators, or the values to predict at.</summary>
internal interface IModeratorSource
{
    double Number(string name);

    string Category(string name);
}
