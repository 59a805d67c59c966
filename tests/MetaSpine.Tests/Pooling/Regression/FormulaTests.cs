using System.Text.Json;

namespace MetaSpine.Tests;

/// <summary>Formulas: what they mean, against R's model.matrix, and how they refuse.</summary>
public sealed class FormulaTests
{
    public static TheoryData<int> Designs => [.. Enumerable.Range(0, RegressionPeers.Root.GetProperty("designs").GetArrayLength())];

    [EveryCultureTheory]
    [MemberData(nameof(Designs))]
    public void Design_is_that_of_R(int index)
    {
        var expected = RegressionPeers.Root.GetProperty("designs")[index];
        var text = expected.GetProperty("formula").GetString()!;
        var design = text == "~ 1"
            ? MetaAnalysis.Regress(RegressionPeers.Effects, text, []).Design
            : Formula.Parse(text).Design(RegressionPeers.Moderators);
        design.Columns.ShouldBe(RegressionPeers.Texts(expected.GetProperty("columns")));
        design.RowCount.ShouldBe(13);
        for (var row = 0; row < 13; row++)
        {
            RegressionPeers.Agree($"{text} row {row}", Row(design, row), RegressionPeers.Numbers(expected.GetProperty("X")[row]), 1e-12);
        }
    }

    /// <summary>The meta-regressions of the reference files whose moderators can be rebuilt from the columns of their design.</summary>
    [EveryCultureTheory]
    [MemberData(nameof(ReferenceTests.Cases), MemberType = typeof(ReferenceTests))]
    public void Reference_designs_follow_from_their_formulas(string id)
    {
        var root = JsonDocument.Parse(File.ReadAllText(TestFiles.Path($"Reference/univariate/{id}.json"))).RootElement;
        foreach (var fit in root.GetProperty("fits").EnumerateArray())
        {
            if (!fit.TryGetProperty("mods", out var mods))
            {
                continue;
            }

            var columns = RegressionPeers.Texts(mods.GetProperty("columns"));
            double[][] rows = [.. mods.GetProperty("X").EnumerateArray().Select(RegressionPeers.Numbers)];
            var formula = Formula.Parse(mods.GetProperty("formula").GetString()!);
            var design = formula.Design([.. formula.Moderators.Select(name => Rebuilt(name, columns, rows))]);
            design.Columns.ShouldBe(columns, id);
            for (var row = 0; row < rows.Length; row++)
            {
                RegressionPeers.Agree($"{id} {formula} row {row}", Row(design, row), rows[row], 1e-13);
            }
        }
    }

    /// <summary>Hmisc's rcspline.eval on (1:120)^1.3, where quantiles decide, and on (1:30)^1.3, where the outer knots are the fifth values.</summary>
    [EveryCultureTheory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    public void Knots_of_restricted_cubic_splines_are_those_of_Harrell(int count)
    {
        var expected = RegressionPeers.Root.GetProperty("knots")[count - 3];
        foreach (var (name, n) in new[] { ("many", 120), ("few", 30) })
        {
            var spline = RestrictedCubicSpline.WithKnotCount("x", [.. Enumerable.Range(1, n).Select(i => Math.Pow(i, 1.3))], count);
            RegressionPeers.Agree(name, spline.Knots, RegressionPeers.Numbers(expected.GetProperty(name)), 1e-12);
        }
    }

    [EveryCultureTheory]
    [InlineData("~ ablat + yeer", 11, "there is no moderator 'yeer'; did you mean year?")]
    [InlineData("~ ablat +", 10, "a moderator is expected here, not the end")]
    [InlineData("~ ablat year", 9, "an operator (+, -, *, :) or the end is expected here, not 'year'")]
    [InlineData("yi ~ ablat", 4, "a formula of moderators has nothing before '~'")]
    [InlineData("~ (ablat + year", 16, "')' is expected here, not the end")]
    [InlineData("~ sqr(ablat)", 3, "there is no function 'sqr'; did you mean sqrt?")]
    [InlineData("~ log(alloc)", 3, "'alloc' is a category, and this needs a number")]
    [InlineData("~ log(ablat - 13)", 3, "log(ablat - 13) is not a finite number in row 5, where ablat = 13")]
    [InlineData("~ ns(ablat)", 11, "ns needs its degrees of freedom or knots")]
    [InlineData("~ ns(ablat, 2.5)", 13, "ns needs a whole number from 1 to 20")]
    [InlineData("~ ns(ablat, knots = c(60))", 3, "the knots 60 must increase and lie between the smallest and the largest value, 13 and 55")]
    [InlineData("~ rcs(ablat, 7)", 3, "do not increase; choose knots yourself")]
    [InlineData("~ poly(ablat, 9)", 3, "the degree must be less than the number of different values, 9")]
    [InlineData("~ factor(alloc, ref = \"randm\")", 3, "the reference 'randm' is not a category of alloc among the studies that can be used; did you mean random?")]
    [InlineData("~ relevel(alloc)", 16, "relevel needs the reference category")]
    [InlineData("~ ablat / year", 9, "'/' divides inside I() only")]
    [InlineData("~ ablat + 5", 11, "a number on its own is 0 or 1")]
    [InlineData("~ factor(alloc", 15, "')' is expected here, not the end")]
    [InlineData("~ ablat + \"year", 11, "the quotation mark \" is not closed")]
    [InlineData("~ ablat & year", 9, "'&' has no meaning here")]
    [InlineData("~ I(poly(ablat, 2))", 5, "poly() is a term of its own")]
    [InlineData("~ ablat^0.5", 9, "the power is a whole number from 2 to 9")]
    [InlineData("~ factor(factor(alloc))", 16, "')' is expected here, not '('.")]
    [InlineData("~ factor(sqrt(alloc))", 14, "')' is expected here, not '('.")]
    [InlineData("~ factor(alloc, res = \"random\")", 17, "the reference category in quotation marks is expected here, not 'res'.")]
    [InlineData("~ relevel(log(alloc), \"random\")", 14, "relevel needs the reference category, as in relevel(alloc, \"random\").")]
    [InlineData("~ poly(ablat)", 13, "poly needs the degree, as in poly(x, 2).")]
    [InlineData("~ rcs(ablat)", 12, "rcs needs its number of knots, from 3 to 7, or the knots, as in rcs(x, 4) or rcs(x, c(10, 20, 40)).")]
    [InlineData("~ poly(ablat, c(2, 3))", 15, "poly needs a whole number from 1 to 20.")]
    [InlineData("~ poly(ablat, 0)", 15, "poly needs a whole number from 1 to 20.")]
    [InlineData("~ ns(ablat, 21)", 13, "ns needs a whole number from 1 to 20.")]
    [InlineData("~ rcs(ablat, 2)", 14, "rcs needs a whole number of knots, from 3 to 7.")]
    [InlineData("~ ns(ablat, c)", 13, "a number is expected here, not 'c'.")]
    [InlineData("~ ns(ablat, nk = 3)", 13, "there is no argument 'nk' here; write df or knots.")]
    [InlineData("~ poly(ablat, knots = c(1, 2))", 15, "there is no argument 'knots' here; write degree.")]
    [InlineData("~ rcs(ablat, df = 3)", 14, "there is no argument 'df' here; write nk.")]
    [InlineData("~ poly(ablat, 2, row = TRUE)", 18, "poly takes raw = TRUE (powers of x) or raw = FALSE (orthogonal polynomials, the default) here.")]
    [InlineData("~ poly(ablat, 2, raw)", 18, "poly takes raw = TRUE")]
    [InlineData("~ poly(ablat, 2, raw = maybe)", 29, "poly takes raw = TRUE")]
    [InlineData("~ sqrt(ablat, year)", 3, "sqrt() takes one argument.")]
    [InlineData("~ 0", 1, "it has neither an intercept nor a moderator")]
    public void Faults_name_their_column_and_what_would_help(string formula, int column, string message)
    {
        var fault = Should.Throw<FormulaException>(() => Formula.Parse(formula).Design(RegressionPeers.Moderators));
        fault.Column.ShouldBe(column);
        fault.Message.ShouldStartWith(FormattableString.Invariant($"Column {column} of the formula '{formula}': "));
        fault.Message.ShouldContain(message);
    }

    [EveryCultureTheory]
    [InlineData("((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((x")]
    [InlineData("(a + b + c + d + e + f + g + h + i + j + k + l + m + n + o + p)^9")]
    [InlineData("a*b*c*d*e*f*g*h*i*j*k*l*m*n*o*p*q*r*s*t")]
    public void Monstrous_formulas_are_refused(string formula) => Should.Throw<FormulaException>(() => Formula.Parse(formula));

    /// <summary>Any text is read or refused with a reason; nothing else happens.</summary>
    [Fact]
    public void Any_text_is_a_formula_or_a_fault()
    {
        string[] words = ["~", "+", "-", "*", ":", "^", "(", ")", ",", "=", "a", "b", "1", "0", "2", "ns", "poly", "factor", "I", "rcs", "log", "c", "\"q\"", "/", ".5e3", "relevel", "`x y`"];
        var random = new Random(20261122);
        var read = 0;
        for (var n = 0; n < 30_000; n++)
        {
            var text = string.Join(" ", Enumerable.Range(0, random.Next(1, 12)).Select(_ => words[random.Next(words.Length)]));
            try
            {
                Formula.Parse(text).Terms.Count.ShouldBeGreaterThanOrEqualTo(0);
                read++;
            }
            catch (FormulaException fault)
            {
                fault.Column.ShouldBeInRange(1, text.Length + 1);
            }
        }

        read.ShouldBeGreaterThan(300);
    }

    [EveryCultureTheory]
    [InlineData("I(x*1.5e2)", "I(x * 150)", "x")]
    [InlineData("I(x*1E-2 + .5)", "I(x * 0.01 + 0.5)", "x")]
    [InlineData("I(x*2e+1)", "I(x * 20)", "x")]
    [InlineData(".x_1", ".x_1", ".x_1")]
    [InlineData("_x.1 ", "_x.1", "_x.1")]
    [InlineData(".", ".", ".")]
    [InlineData("\t`age (years)`\n", "age (years)", "age (years)")]
    public void Words_end_where_R_ends_them(string written, string term, string moderator)
    {
        var formula = Formula.Parse(written);
        formula.Terms.ShouldBe([term]);
        formula.Moderators.ShouldBe([moderator]);
    }

    [EveryCultureFact]
    public void The_longest_and_deepest_formula_is_read_and_one_more_is_not()
    {
        static string Nested(int depth) => "I" + new string('(', depth) + "x" + new string(')', depth);
        Formula.Parse(new string(' ', 1999) + "x").Moderators.ShouldBe(["x"]);
        Formula.Parse(Nested(50) + " + " + Nested(50)).Moderators.ShouldBe(["x"]);
        var tooLong = Should.Throw<FormulaException>(() => Formula.Parse(new string('x', 2001)));
        (tooLong.Column, tooLong.Message).ShouldBe((2000, $"Column 2000 of the formula '{new string('x', 40)}...': a formula has at most 2000 characters."));
        var deep = Should.Throw<FormulaException>(() => Formula.Parse(Nested(51)));
        deep.Column.ShouldBe(52);
        deep.Message.ShouldEndWith("the brackets are nested too deeply.");
    }

    [EveryCultureFact]
    public void Moderators_that_do_not_fit_the_studies_are_refused()
    {
        var x = Predictor.Numeric("x", [1, 2, 4]);
        Should.Throw<ArgumentException>(() => Formula.Parse("~ x").Design()).Message.ShouldStartWith("Give the moderators that the formula names; they say how many studies there are.");
        Should.Throw<ArgumentException>(() => Formula.Parse("~ x").Design(x, x)).Message.ShouldBe("The moderator 'x' is given twice.");
        Should.Throw<ArgumentException>(() => Formula.Parse("~ x").Design(x, Predictor.Numeric("y", [1, 2])))
            .Message.ShouldBe("The moderator 'y' has 2 values, but there are 3 studies: give one value per study, NaN or null where it is missing.");
        Should.Throw<PoolingException>(() => Formula.Parse("~ x + y").Design(x, Predictor.Numeric("y", [double.NaN, double.NaN, double.NaN])))
            .Message.ShouldBe("No study has an effect size and a value for each of x, y.");
    }

    /// <summary>Harrell: below 100 values the outer knots are the fifth smallest and largest, from 100 on they are quantiles.</summary>
    [EveryCultureFact]
    public void Knots_need_ten_values_and_outer_knots_are_quantiles_from_a_hundred_on()
    {
        static double[] Ranks(int n) => [.. Enumerable.Range(1, n).Select(i => (double)i)];
        RestrictedCubicSpline.WithKnotCount("x", Ranks(99), 3).Knots.ShouldBe([5, 50, 95]);
        RegressionPeers.Agree("100", RestrictedCubicSpline.WithKnotCount("x", Ranks(100), 3).Knots, [10.9, 50.5, 90.1], 1e-14);
        string Fault(Action spline) => Should.Throw<ArgumentException>(spline).Message;
        Fault(() => RestrictedCubicSpline.WithKnotCount("x", Ranks(9), 3)).ShouldBe("9 values are too few to place knots by quantiles; name the knots, as in rcs(x, c(10, 20, 40)).");

        // Ten values are enough, though their fifth smallest and largest leave room for only one knot between them.
        RestrictedCubicSpline.WithKnotCount("x", Ranks(10), 3).Knots.ShouldBe([5, 5.5, 6]);
        Fault(() => RestrictedCubicSpline.WithKnotCount("x", Ranks(50), 8)).ShouldBe("give 3 to 7 knots by number; more must be named, as in rcs(x, c(...)).");
        Fault(() => _ = new RestrictedCubicSpline("x", [1, 2])).ShouldBe("a restricted cubic spline needs at least 3 knots.");
        Fault(() => _ = new RestrictedCubicSpline("x", [1, 2, 2])).ShouldStartWith("the knots 1, 2, 2 do not increase;");
    }

    [EveryCultureFact]
    public void A_formula_tells_its_moderators_and_terms()
    {
        var formula = Formula.Parse("~ year + factor(alloc)*ablat^2 - 1");
        formula.Moderators.ShouldBe(["year", "alloc", "ablat"]);
        formula.Terms.ShouldBe(["year", "factor(alloc)", "I(ablat^2)", "factor(alloc):I(ablat^2)"]);
        formula.HasIntercept.ShouldBeFalse();
    }

    /// <summary>Twenty degrees, the most there are, are read; whether the data carry them is another question.</summary>
    [EveryCultureTheory]
    [InlineData("poly(x, 20)", "poly(x, 20)")]
    [InlineData("poly(x, degree=2, raw=false)", "poly(x, degree = 2, raw = FALSE)")]
    [InlineData("poly(x, 2, raw = T)", "poly(x, 2, raw = TRUE)")]
    [InlineData("ns(x, knots = c(-1.5, 2))", "ns(x, knots = c(-1.5, 2))")]
    [InlineData("rcs(x, c(-2, 0, 3))", "rcs(x, c(-2, 0, 3))")]
    [InlineData("pmin(x, y, 3)", "pmin(x, y, 3)")]
    [InlineData("relevel(as.factor(x), ref = \"a\")", "relevel(as.factor(x), ref = \"a\")")]
    public void A_term_is_named_as_R_would_write_it(string written, string term) => Formula.Parse(written).Terms.ShouldBe([term]);

    [EveryCultureFact]
    public void The_moderator_may_name_the_reference_and_the_formula_overrides_it()
    {
        var alloc = Predictor.Categorical("alloc", RegressionPeers.Texts("alloc"), reference: "random");
        Formula.Parse("~ alloc").Design(alloc).Columns.ShouldBe(["(Intercept)", "allocalternate", "allocsystematic"]);
        Formula.Parse("~ factor(alloc, ref = \"systematic\")").Design(alloc).Columns[1].ShouldBe("factor(alloc, ref = \"systematic\")alternate");
    }

    [EveryCultureFact]
    public void A_study_without_a_moderator_is_left_out_and_named()
    {
        var year = RegressionPeers.Numbers("year");
        year[3] = double.NaN;
        string?[] alloc = [.. RegressionPeers.Texts("alloc")];
        alloc[5] = null;
        Predictor[] moderators = [Predictor.Numeric("year", year), Predictor.Categorical("alloc", alloc)];
        var result = MetaAnalysis.Regress(RegressionPeers.Effects, "~ year + alloc", moderators);
        result.StudyCount.ShouldBe(11);
        result.Excluded.Select(study => (study.Row, study.Reason)).ShouldBe([(3, "the moderator 'year' is missing"), (5, "the moderator 'alloc' is missing")]);
    }

    /// <summary>The third category occurs only in a study that has no year: it is no column, and the fit is that of the others.</summary>
    [EveryCultureFact]
    public void Categories_of_studies_that_cannot_be_used_are_no_columns()
    {
        var year = RegressionPeers.Numbers("year");
        year[0] = double.NaN;
        string[] kind = ["c", .. Enumerable.Range(1, 12).Select(i => i % 2 == 0 ? "a" : "b")];
        var result = MetaAnalysis.Regress(RegressionPeers.Effects, "~ year + kind", [Predictor.Numeric("year", year), Predictor.Categorical("kind", kind)]);
        result.Design.Columns.ShouldBe(["(Intercept)", "year", "kindb"]);
    }

    [EveryCultureFact]
    public void Columns_that_collide_are_named()
    {
        var ablat = RegressionPeers.Numbers("ablat");
        Predictor[] moderators = [.. RegressionPeers.Moderators, Predictor.Numeric("both", [.. ablat.Zip(RegressionPeers.Numbers("year"), (a, y) => y - 2 * a)])];
        Should.Throw<PoolingException>(() => MetaAnalysis.Regress(RegressionPeers.Effects, "~ ablat + alloc + year + both", moderators))
            .Message.ShouldBe("The moderators cannot be told apart: in the 13 usable studies 'both' equals -2 x ablat + year. Leave out one of these columns.");
        Should.Throw<PoolingException>(() => MetaAnalysis.Regress(RegressionPeers.Effects, "~ 0 + alloc:region", moderators))
            .Message.ShouldContain("is 0 in all 13 usable studies");
    }

    [EveryCultureFact]
    public void A_category_without_variety_is_refused()
    {
        var same = Predictor.Categorical("same", [.. Enumerable.Repeat("x", 13)]);
        Should.Throw<FormulaException>(() => Formula.Parse("~ same").Design(same)).Message.ShouldContain("'same' is 'x' in every study that can be used");
    }

    private static double[] Row(DesignMatrix design, int row) => [.. Enumerable.Range(0, design.Columns.Count).Select(column => design[row, column])];

    /// <summary>A moderator from the columns that it made: a number from its own, a category from its indicators (those of the reference have none).</summary>
    private static Predictor Rebuilt(string name, string[] columns, double[][] rows)
    {
        var number = Array.FindIndex(columns, column => column == name || column == $"I(pmin({name}, 3))");
        if (number >= 0)
        {
            return Predictor.Numeric(name, [.. rows.Select(row => row[number])]);
        }

        var prefix = Array.Exists(columns, column => column.StartsWith($"factor({name})", StringComparison.Ordinal)) ? $"factor({name})" : name;
        int[] indicators = [.. Enumerable.Range(0, columns.Length).Where(i => columns[i].StartsWith(prefix, StringComparison.Ordinal) && !columns[i].Contains(':', StringComparison.Ordinal))];
        return Predictor.Categorical(name, [.. rows.Select(row =>
        {
            var hit = Array.Find(indicators, i => row[i] == 1);
            return hit == 0 ? "" : columns[hit][prefix.Length..];
        })]);
    }
}
