using System.Globalization;
using Reader = MetaSpine.FormulaParser.FormulaReader;

namespace MetaSpine;

/// <summary>Reads the functions of formulas: factor, relevel, poly, ns, rcs, I, and arithmetic.</summary>
internal static class FormulaFunctions
{
    private const int MostDegrees = 20;
    private static readonly string[] Known = ["factor", "as.factor", "relevel", "poly", "ns", "rcs", "I", .. Arithmetic.Functions.Keys];

    public static FormulaVariable Read(Reader reader)
    {
        var name = reader.Current;
        switch (name.Text)
        {
            case "factor" or "as.factor" or "relevel":
                return Factor(reader);
            case "poly" or "ns" or "rcs":
                return Curve(reader);
            case "I":
                reader.Take(FormulaTokenKind.Name, "I");
                reader.Take('(');
                var inner = Sum(reader);
                reader.Take(')');
                return new FormulaVariable.Computed(inner, $"I({inner.Text})", name.Column);
            default:
                var call = Primary(reader);
                return new FormulaVariable.Computed(call, call.Text, name.Column);
        }
    }

    private static FormulaVariable.Factor Factor(Reader reader)
    {
        var function = reader.Take(FormulaTokenKind.Name, "factor");
        reader.Take('(');
        string text, moderator;
        string? reference = null;
        if (function.Text == "relevel" && reader.Current.Text is "factor" or "as.factor" && reader.Next.Is('('))
        {
            var inner = Factor(reader);
            (moderator, text) = (inner.Name, inner.Text);
        }
        else
        {
            text = moderator = reader.Moderator(reader.Take(FormulaTokenKind.Name, "the name of a moderator"));
        }

        if (reader.TryTake(','))
        {
            var named = reader.Current.Text == "ref" && reader.Next.Is('=');
            if (named)
            {
                reader.Take(FormulaTokenKind.Name, "ref");
                reader.Take('=');
            }

            reference = reader.Take(FormulaTokenKind.Text, "the reference category in quotation marks").Text;
            text += named ? $", ref = \"{reference}\"" : $", \"{reference}\"";
        }
        else if (function.Text == "relevel")
        {
            throw reader.Fault(reader.Current.Column, "relevel needs the reference category, as in relevel(alloc, \"random\").");
        }

        reader.Take(')');
        return new FormulaVariable.Factor(moderator, reference, $"{function.Text}({text})", function.Column);
    }

    private static FormulaVariable.Curve Curve(Reader reader)
    {
        var function = reader.Take(FormulaTokenKind.Name, "a function");
        reader.Take('(');
        var x = Sum(reader);
        if (!reader.TryTake(','))
        {
            throw reader.Fault(reader.Current.Column, function.Text switch
            {
                "poly" => "poly needs the degree, as in poly(x, 2).",
                "ns" => "ns needs its degrees of freedom or knots, as in ns(x, 3) or ns(x, knots = c(20, 40)).",
                _ => "rcs needs its number of knots, from 3 to 7, or the knots, as in rcs(x, 4) or rcs(x, c(10, 20, 40)).",
            });
        }

        var (keyword, numbers, written, column) = Numbers(reader, function.Text switch { "poly" => "degree", "ns" => "df", _ => "nk" });
        var text = $"{function.Text}({x.Text}, {written}";
        var raw = false;
        if (function.Text == "poly" && reader.TryTake(','))
        {
            raw = Raw(reader);
            text += raw ? ", raw = TRUE" : ", raw = FALSE";
        }

        reader.Take(')');
        text += ")";
        var count = numbers.Count == 1 ? numbers[0] : double.NaN;
        var isKnots = keyword == "knots" || (numbers.Count > 1 && function.Text == "rcs");
        if (!isKnots && (count != Math.Floor(count) || count < (function.Text == "rcs" ? 3 : 1) || count > MostDegrees))
        {
            throw reader.Fault(column, function.Text == "rcs" ? "rcs needs a whole number of knots, from 3 to 7." : $"{function.Text} needs a whole number from 1 to {MostDegrees.ToString(CultureInfo.InvariantCulture)}.");
        }

        double[] knots = [.. numbers];
        return new FormulaVariable.Curve(x, function.Text switch
        {
            "poly" when raw => _ => new RawPolynomial((int)count),
            "poly" => values => OrthogonalPolynomial.Fit(values, (int)count),
            "ns" => values => isKnots ? NaturalSpline.WithKnots(values, knots) : NaturalSpline.WithFreedom(values, (int)count),
            _ => values => isKnots ? new RestrictedCubicSpline(x.Text, knots) : RestrictedCubicSpline.WithKnotCount(x.Text, values, (int)count),
        }, text, function.Column);
    }

    private static (string Keyword, List<double> Numbers, string Text, int Column) Numbers(Reader reader, string keyword)
    {
        var text = "";
        if (reader.Current.Kind == FormulaTokenKind.Name && reader.Next.Is('='))
        {
            var named = reader.Take(FormulaTokenKind.Name, "df or knots");
            if (named.Text != keyword && !(named.Text == "knots" && keyword == "df"))
            {
                throw reader.Fault(named.Column, $"there is no argument '{named.Text}' here; write {(keyword == "df" ? "df or knots" : keyword)}.");
            }

            reader.Take('=');
            (keyword, text) = (named.Text, $"{named.Text} = ");
        }

        var column = reader.Current.Column;
        if (reader.Current.Text != "c" || !reader.Next.Is('('))
        {
            var only = Signed(reader);
            return (keyword, [only], text + Written(only), column);
        }

        reader.Take(FormulaTokenKind.Name, "c");
        reader.Take('(');
        var numbers = new List<double>();
        do
        {
            numbers.Add(Signed(reader));
        }
        while (reader.TryTake(','));
        reader.Take(')');
        return (keyword, numbers, $"{text}c({string.Join(", ", numbers.Select(Written))})", column);
    }

    private static double Signed(Reader reader)
    {
        var negative = reader.TryTake('-');
        var number = reader.Take(FormulaTokenKind.Number, "a number").Number;
        return negative ? -number : number;
    }

    private static string Written(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    private static bool Raw(Reader reader)
    {
        if (reader.Current.Text == "raw" && reader.Next.Is('='))
        {
            reader.Take(FormulaTokenKind.Name, "raw");
            reader.Take('=');
            var value = reader.Take(FormulaTokenKind.Name, "TRUE or FALSE");
            if (value.Text is "TRUE" or "T" or "true" or "FALSE" or "F" or "false")
            {
                return value.Text[0] is 'T' or 't';
            }
        }

        throw reader.Fault(reader.Current.Column, "poly takes raw = TRUE (powers of x) or raw = FALSE (orthogonal polynomials, the default) here.");
    }

    private static Arithmetic Sum(Reader reader)
    {
        var left = Product(reader);
        while (reader.Current.Is('+') || reader.Current.Is('-'))
        {
            var symbol = reader.Take(FormulaTokenKind.Symbol, "an operator").Text[0];
            left = new Arithmetic.Operation(symbol, left, Product(reader));
        }

        return left;
    }

    private static Arithmetic Product(Reader reader)
    {
        var left = Unary(reader);
        while (reader.Current.Is('*') || reader.Current.Is('/'))
        {
            var symbol = reader.Take(FormulaTokenKind.Symbol, "an operator").Text[0];
            left = new Arithmetic.Operation(symbol, left, Unary(reader));
        }

        return left;
    }

    private static Arithmetic Unary(Reader reader)
    {
        if (reader.TryTake('-'))
        {
            return new Arithmetic.Negative(Unary(reader));
        }

        var left = Primary(reader);
        return reader.TryTake('^') ? new Arithmetic.Operation('^', left, Unary(reader)) : left;
    }

    private static Arithmetic Primary(Reader reader)
    {
        var token = reader.Current;
        if (token.Kind == FormulaTokenKind.Number)
        {
            return new Arithmetic.Constant(reader.Take(FormulaTokenKind.Number, "a number").Number);
        }

        if (reader.TryTake('('))
        {
            var inner = Sum(reader);
            reader.Take(')');
            return new Arithmetic.Bracketed(inner);
        }

        reader.Take(FormulaTokenKind.Name, "a moderator or a number");
        if (!reader.TryTake('('))
        {
            return new Arithmetic.Moderator(reader.Moderator(token));
        }

        if (!Arithmetic.Functions.TryGetValue(token.Text, out var takes))
        {
            throw reader.Fault(token.Column, Known.Contains(token.Text, StringComparer.Ordinal)
                ? $"{token.Text}() is a term of its own and cannot stand inside arithmetic."
                : $"there is no function '{token.Text}'{NearestName.Ending(token.Text, Known)}");
        }

        var arguments = new List<Arithmetic>();
        do
        {
            arguments.Add(Sum(reader));
        }
        while (reader.TryTake(','));
        reader.Take(')');
        return takes == 0 || arguments.Count == takes
            ? new Arithmetic.Call(token.Text, arguments)
            : throw reader.Fault(token.Column, $"{token.Text}() takes one argument.");
    }
}
