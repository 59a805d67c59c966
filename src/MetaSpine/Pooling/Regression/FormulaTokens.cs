using System.Globalization;

namespace MetaSpine;

/// <summary>The kinds of words in a formula.</summary>
internal enum FormulaTokenKind
{
    Name,
    Number,
    Text,
    Symbol,
    End,
}

/// <summary>A word of a formula and the column, from 1, where it begins.</summary>
internal readonly record struct FormulaToken(FormulaTokenKind Kind, string Text, double Number, int Column)
{
    public bool Is(char symbol) => Kind == FormulaTokenKind.Symbol && Text[0] == symbol;

    public string Described => Kind == FormulaTokenKind.End ? "the end" : $"'{Text}'";
}

/// <summary>Cuts a formula into words.</summary>
internal static class FormulaTokens
{
    /// <summary>Longer texts are not formulas that anyone wrote, and deep nesting must not exhaust the stack.</summary>
    private const int LongestFormula = 2000;
    private const int DeepestBrackets = 50;

    public static List<FormulaToken> Of(string formula)
    {
        if (formula.Length > LongestFormula)
        {
            throw new FormulaException(formula[..40] + "...", LongestFormula, $"a formula has at most {LongestFormula.ToString(CultureInfo.InvariantCulture)} characters.");
        }

        var tokens = new List<FormulaToken>();
        var (at, depth) = (0, 0);
        while (true)
        {
            while (at < formula.Length && char.IsWhiteSpace(formula[at]))
            {
                at++;
            }

            if (at == formula.Length)
            {
                tokens.Add(new FormulaToken(FormulaTokenKind.End, "", 0, at + 1));
                return tokens;
            }

            tokens.Add(Next(formula, ref at));
            depth += tokens[^1].Is('(') ? 1 : tokens[^1].Is(')') ? -1 : 0;
            if (depth > DeepestBrackets)
            {
                throw new FormulaException(formula, at, "the brackets are nested too deeply.");
            }
        }
    }

    private static FormulaToken Next(string formula, ref int at)
    {
        var start = at;
        var c = formula[at];
        if (c is '"' or '\'' or '`')
        {
            var end = formula.IndexOf(c, at + 1);
            if (end < 0)
            {
                throw new FormulaException(formula, start + 1, $"the quotation mark {c} is not closed.");
            }

            at = end + 1;
            return new FormulaToken(c == '`' ? FormulaTokenKind.Name : FormulaTokenKind.Text, formula[(start + 1)..end], 0, start + 1);
        }

        if (char.IsLetter(c) || c == '_' || (c == '.' && !(at + 1 < formula.Length && char.IsAsciiDigit(formula[at + 1]))))
        {
            while (at < formula.Length && (char.IsLetterOrDigit(formula[at]) || formula[at] is '_' or '.'))
            {
                at++;
            }

            return new FormulaToken(FormulaTokenKind.Name, formula[start..at], 0, start + 1);
        }

        if (char.IsAsciiDigit(c) || c == '.')
        {
            return Number(formula, ref at);
        }

        if ("~+-*/:^(),=".Contains(c, StringComparison.Ordinal))
        {
            at++;
            return new FormulaToken(FormulaTokenKind.Symbol, c.ToString(), 0, start + 1);
        }

        throw new FormulaException(formula, start + 1, $"'{c}' has no meaning here; a name with such characters is written between backquotes, as in `age (years)`.");
    }

    private static FormulaToken Number(string formula, ref int at)
    {
        var start = at;
        Digits(formula, ref at);
        if (at < formula.Length && formula[at] == '.')
        {
            at++;
            Digits(formula, ref at);
        }

        if (at < formula.Length && formula[at] is 'e' or 'E')
        {
            var exponent = at + 1;
            if (exponent < formula.Length && formula[exponent] is '+' or '-')
            {
                exponent++;
            }

            if (exponent < formula.Length && char.IsAsciiDigit(formula[exponent]))
            {
                at = exponent;
                Digits(formula, ref at);
            }
        }

        var text = formula[start..at];
        return new FormulaToken(FormulaTokenKind.Number, text, double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture), start + 1);
    }

    private static void Digits(string formula, ref int at)
    {
        while (at < formula.Length && char.IsAsciiDigit(formula[at]))
        {
            at++;
        }
    }
}
