using System.Globalization;
using System.Numerics;

namespace MetaSpine;

/// <summary>
/// Reads a formula by recursive descent. A term is a set of variables, kept as bits; the empty set is the intercept. The operators
/// are those of Wilkinson and Rogers (1973), Applied Statistics 22:392, doi:10.2307/2346786.
/// </summary>
internal sealed class FormulaParser
{
    private const int MostVariables = 60;
    private const int MostTerms = 2000;
    private readonly string _formula;
    private readonly List<FormulaToken> _tokens;
    private readonly List<FormulaVariable> _variables = [];
    private readonly Dictionary<string, int> _columns = new(StringComparer.Ordinal);
    private int _at;

    private FormulaParser(string formula)
    {
        _formula = formula;
        _tokens = FormulaTokens.Of(formula);
    }

    private FormulaToken Current => _tokens[_at];

    public static (IReadOnlyList<FormulaVariable> Variables, IReadOnlyList<ulong> Terms, IReadOnlyDictionary<string, int> Columns) Parse(string formula)
    {
        var parser = new FormulaParser(formula);
        if (parser.Current.Is('~'))
        {
            parser._at++;
        }

        var terms = parser.Sum([0UL]);
        if (parser.Current.Is('~'))
        {
            throw parser.Fault("a formula of moderators has nothing before '~': the effect sizes are given beside it.");
        }

        parser.Expect(FormulaTokenKind.End, "an operator (+, -, *, :) or the end");
        if (terms.Count == 0)
        {
            throw new FormulaException(formula, 1, "it has neither an intercept nor a moderator.");
        }

        // Lower orders first, as R sorts them; the order of writing within an order.
        return (parser._variables, [.. terms.OrderBy(term => ulong.PopCount(term))], parser._columns);
    }

    private List<ulong> Sum(List<ulong> terms)
    {
        var add = true;
        if (Current.Is('+') || Current.Is('-'))
        {
            add = Current.Is('+');
            _at++;
        }

        while (true)
        {
            var zero = Current is { Kind: FormulaTokenKind.Number, Number: 0 };
            var operand = zero ? Zero() : Crossed();
            foreach (var term in operand)
            {
                terms.Remove(term);
                if (add != zero)
                {
                    terms.Add(term);
                }
            }

            if (!Current.Is('+') && !Current.Is('-'))
            {
                return terms;
            }

            add = Current.Is('+');
            _at++;
        }
    }

    private List<ulong> Zero()
    {
        _at++;
        return [0UL];
    }

    private List<ulong> Crossed()
    {
        var left = Joined();
        while (Current.Is('*'))
        {
            _at++;
            var right = Joined();
            left = [.. left.Concat(right).Concat(Products(left, right)).Distinct()];
        }

        if (Current.Is('/'))
        {
            throw Fault("'/' divides inside I() only, as in I(a / b); an effect of b within the categories of a is a + a:b.");
        }

        return left;
    }

    private List<ulong> Joined()
    {
        var left = Power();
        while (Current.Is(':'))
        {
            _at++;
            left = Products(left, Power());
        }

        return left;
    }

    private List<ulong> Products(List<ulong> left, List<ulong> right) => left.Count * right.Count <= MostTerms
        ? [.. left.SelectMany(l => right.Select(r => l | r)).Distinct()]
        : throw Fault("this makes more interactions than any set of studies can tell apart.");

    private List<ulong> Power()
    {
        var start = Current;
        var bracketed = start.Is('(');
        var terms = Atom();
        if (!Current.Is('^'))
        {
            return terms;
        }

        _at++;
        var power = Expect(FormulaTokenKind.Number, "a whole number from 2 to 9");
        if (power.Number is not (>= 2 and <= 9) || power.Number != Math.Floor(power.Number))
        {
            throw new FormulaException(_formula, power.Column, "the power is a whole number from 2 to 9; other powers are written inside I(), as in I(x^0.5).");
        }

        if (bracketed)
        {
            var crossed = terms;
            for (var i = 1; i < (int)power.Number; i++)
            {
                crossed = [.. crossed.Concat(Products(crossed, terms)).Distinct()];
            }

            return crossed;
        }

        if (terms[0] == 0 || _variables[BitOperations.TrailingZeroCount(terms[0])] is not FormulaVariable.Named named)
        {
            throw new FormulaException(_formula, start.Column, "a power belongs to a moderator, as in x^2, or inside I(), as in I(log(x)^2).");
        }

        // In R x^2 means x, to everyone's surprise; here it is the square, under the name of R's I(x^2).
        Forget(named, start.Column);
        var square = new Arithmetic.Operation('^', new Arithmetic.Moderator(named.Name), new Arithmetic.Constant(power.Number));
        return [Variable(new FormulaVariable.Computed(square, $"I({square.Text})", start.Column))];
    }

    /// <summary>Takes back a variable that was only the base of a power.</summary>
    private void Forget(FormulaVariable.Named named, int column)
    {
        if (named.Column == column)
        {
            _variables.Remove(named);
        }
    }

    private List<ulong> Atom()
    {
        var token = Current;
        switch (token.Kind)
        {
            case FormulaTokenKind.Number when token.Number == 1:
                _at++;
                return [0UL];
            case FormulaTokenKind.Number:
                throw Fault("a number on its own is 0 or 1, for the intercept; arithmetic is written inside I(), as in I(x / 10).");
            case FormulaTokenKind.Symbol when token.Is('('):
                _at++;
                var inner = Sum([]);
                ExpectSymbol(')');
                return inner;
            case FormulaTokenKind.Name when _tokens[_at + 1].Is('('):
                return [Variable(FormulaFunctions.Read(new FormulaReader(this)))];
            case FormulaTokenKind.Name:
                _at++;
                return [Variable(new FormulaVariable.Named(Moderator(token), token.Column))];
            default:
                throw Fault($"a moderator is expected here, not {token.Described}.");
        }
    }

    private ulong Variable(FormulaVariable variable)
    {
        var index = _variables.FindIndex(known => known.Text == variable.Text);
        if (index < 0)
        {
            if (_variables.Count == MostVariables)
            {
                throw new FormulaException(_formula, variable.Column, FormattableString.Invariant($"a formula has at most {MostVariables} variables."));
            }

            index = _variables.Count;
            _variables.Add(variable);
        }

        return 1UL << index;
    }

    /// <summary>Notes where a moderator is first named.</summary>
    private string Moderator(FormulaToken token)
    {
        _columns.TryAdd(token.Text, token.Column);
        return token.Text;
    }

    private FormulaToken Expect(FormulaTokenKind kind, string what)
    {
        var token = Current;
        if (token.Kind != kind)
        {
            throw Fault($"{what} is expected here, not {token.Described}.");
        }

        _at += kind == FormulaTokenKind.End ? 0 : 1;
        return token;
    }

    private void ExpectSymbol(char symbol)
    {
        if (!Current.Is(symbol))
        {
            throw Fault(string.Create(CultureInfo.InvariantCulture, $"'{symbol}' is expected here, not {Current.Described}."));
        }

        _at++;
    }

    private FormulaException Fault(string problem) => new(_formula, Current.Column, problem);

    /// <summary>What the reader of functions may do with the words of the formula.</summary>
    internal readonly struct FormulaReader(FormulaParser parser)
    {
        public FormulaToken Current => parser.Current;

        public FormulaToken Next => parser._tokens[Math.Min(parser._at + 1, parser._tokens.Count - 1)];

        public FormulaToken Take(FormulaTokenKind kind, string what) => parser.Expect(kind, what);

        public void Take(char symbol) => parser.ExpectSymbol(symbol);

        public bool TryTake(char symbol)
        {
            var found = parser.Current.Is(symbol);
            parser._at += found ? 1 : 0;
            return found;
        }

        public string Moderator(FormulaToken token) => parser.Moderator(token);

        public FormulaException Fault(int column, string problem) => new(parser._formula, column, problem);
    }
}
