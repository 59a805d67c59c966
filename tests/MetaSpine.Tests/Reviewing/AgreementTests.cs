namespace MetaSpine.Tests;

public sealed class AgreementTests
{
    /// <summary>The ten records of J. L. Fleiss' form, fourteen raters and five categories.</summary>
    private static readonly int[][] Fourteen =
    [
        [0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1], [7, 7, 0, 0, 0], [3, 2, 6, 3, 0], [2, 5, 3, 2, 2], [6, 5, 2, 1, 0], [0, 2, 2, 3, 7],
    ];

    [EveryCultureFact]
    public void The_small_table_gives_its_worked_numbers()
    {
        var result = Table([[20, 5], [10, 15]]).Agreement();

        // Printed to five decimals.
        const double printed = 5e-6;
        result.Observed.ShouldBe(0.7, 1e-15);
        result.Kappa.Expected.ShouldBe(0.5, 1e-15);
        result.Kappa.Estimate!.Value.ShouldBe(0.4, printed);
        result.Kappa.StandardError!.Value.ShouldBe(0.12700, printed);
        result.Kappa.NullStandardError!.Value.ShouldBe(0.13856, printed);
        result["pabak"].Estimate!.Value.ShouldBe(0.4, printed);
        result["ac1"].Estimate!.Value.ShouldBe(0.40594, printed);
        result["scott-pi"].Estimate!.Value.ShouldBe(0.39394, printed);

        // The simple error of kappa takes chance agreement as known; with chance at one half that is PABAK's.
        result["pabak"].StandardError!.Value.ShouldBe(0.12961, printed);
        result.Kappa.Interval!.Value.Lower.ShouldBe(0.4 - 1.959964 * 0.12700, 1e-4);
        result.Kappa.PValue!.Value.ShouldBe(NormalDistribution.TwoSided(0.4 / 0.138564), 1e-4);
        result.Categories.Select(category => category.Share!.Value).ShouldBe([40 / 55.0, 30 / 45.0], 1e-12);
    }

    [EveryCultureFact]
    public void A_real_screening_of_3103_records_gives_its_worked_numbers()
    {
        var result = Table([[76, 39], [6, 2982]]).Agreement();
        result.Observed.ShouldBe(0.98550, 5e-6);
        result.Kappa.Expected.ShouldBe(0.93847, 5e-6);
        result.Kappa.Estimate!.Value.ShouldBe(0.76430, 5e-6);
        result.Kappa.StandardError!.Value.ShouldBe(0.03395, 5e-6);
        result["pabak"].Estimate!.Value.ShouldBe(0.971, 5e-4);
        result["ac1"].Estimate!.Value.ShouldBe(0.98455, 5e-6);
        AgreementWords.Cochrane(result.Kappa.Estimate.Value).ShouldBe("excellent");

        // The share looks superb; the text shows kappa and the table beside it and says why.
        var text = result.ToString();
        text.ShouldContain("agree on 98.5% of 3,103 records; by chance alone 93.8%");
        text.ShouldContain("2,982");
        text.ShouldContain("of all choices are 'exclude'");
    }

    [Fact]
    public void That_screening_comes_out_of_the_table_that_was_published_of_it()
    {
        var file = Path.Combine(TestFiles.RepositoryRoot, "..", "shared", "inputs", "screening", "asreview_irr_table.csv");
        Assert.SkipUnless(File.Exists(file), "the table of two raters is not beside this checkout");
        var rows = File.ReadLines(file).Select(line => line.Split(',')).ToDictionary(cells => cells[0].Trim('"'), cells => cells[1..]);
        int Cell(string row, int rater) => int.Parse(rows[row][rater], System.Globalization.CultureInfo.InvariantCulture);
        var (onlyA, onlyB) = (Cell("n relevant v. irrelevant", 0) + Cell("n relevant v. unreviewed", 0), Cell("n relevant v. irrelevant", 1) + Cell("n relevant v. unreviewed", 1));
        var both = Cell("n flagged relevant", 0) - onlyA;
        both.ShouldBe(Cell("n flagged relevant", 1) - onlyB);
        Table([[both, onlyA], [onlyB, Cell("n uploaded", 0) - both - onlyA - onlyB]]).Agreement().Kappa.Estimate!.Value.ShouldBe(0.76430, 5e-6);
    }

    [EveryCultureFact]
    public void Fourteen_raters_give_the_worked_numbers()
    {
        var result = MultiraterAgreement.Of(["1", "2", "3", "4", "5"], Fourteen);
        result.Raters.ShouldBe(14);
        result.Kappa.Observed.ShouldBe(0.3780, 5e-5);
        result.Kappa.Expected.ShouldBe(0.2128, 5e-5);
        result.Kappa.Estimate!.Value.ShouldBe(0.20993, 5e-6);

        // Fleiss, Nee and Landis 1979 as they print it, over categories with p and q = 1 - p.
        var p = result.Shares;
        var spread = p.Sum(share => share * (1 - share));
        var printed = Math.Sqrt(2) / (spread * Math.Sqrt(10 * 14 * 13)) * Math.Sqrt(spread * spread - p.Sum(share => share * (1 - share) * (1 - share - share)));
        result.Kappa.NullStandardError!.Value.ShouldBe(printed, 1e-14);
    }

    [Fact]
    public void Two_raters_are_the_smallest_number_of_several()
    {
        var table = Table([[20, 5, 1], [10, 15, 3], [0, 2, 9]]);
        var rows = new List<int[]>();
        for (var i = 0; i < 3; i++)
        {
            for (var j = 0; j < 3; j++)
            {
                var row = new int[3];
                row[i]++;
                row[j]++;
                rows.AddRange(Enumerable.Repeat(row, table[i, j]));
            }
        }

        var (two, several) = (table.Agreement(), MultiraterAgreement.Of(["1", "2", "3"], rows));

        // Sums of 65 rows in another order; the form for several raters divides by n - 1.
        var factor = Math.Sqrt(rows.Count / (rows.Count - 1.0));
        several.Kappa.Estimate!.Value.ShouldBe(two["scott-pi"].Estimate!.Value, 1e-13);
        several.Kappa.StandardError!.Value.ShouldBe(two["scott-pi"].StandardError!.Value * factor, 1e-12);
        several.Ac1.Estimate!.Value.ShouldBe(two["ac1"].Estimate!.Value, 1e-13);
        several.Ac1.StandardError!.Value.ShouldBe(two["ac1"].StandardError!.Value * factor, 1e-12);
    }

    /// <summary>
    /// The twin: each coefficient written down anew as a function of the shares, its gradient by central differences, and the multinomial
    /// variance of a smooth function. Differences of 1e-6 leave an error of some 1e-10.
    /// </summary>
    [Fact]
    public void Standard_errors_are_those_of_the_delta_method()
    {
        var random = new Random(19690501);
        for (var round = 0; round < 60; round++)
        {
            var size = random.Next(2, 5);
            int[][] counts = [.. Enumerable.Range(0, size).Select(i => Enumerable.Range(0, size).Select(j => random.Next(1, i == j ? 60 : 20)).ToArray())];
            var result = Table(counts).Agreement();
            var n = counts.Sum(row => row.Sum());
            double[] p = [.. counts.SelectMany(row => row).Select(count => count / (double)n)];
            foreach (var coefficient in result.Coefficients)
            {
                double Value(double[] shares) => Twin(coefficient.Code, shares, size);
                coefficient.Estimate!.Value.ShouldBe(Value(p), 1e-12, coefficient.Code);
                const double step = 1e-6;
                double[] gradient = [.. Enumerable.Range(0, p.Length).Select(k => (Value(Moved(p, k, step)) - Value(Moved(p, k, -step))) / (2 * step))];
                var mean = p.Zip(gradient, (share, slope) => share * slope).Sum();
                var error = Math.Sqrt(p.Zip(gradient, (share, slope) => share * (slope - mean) * (slope - mean)).Sum() / n);
                coefficient.StandardError!.Value.ShouldBe(error, 1e-7 * error, $"{coefficient.Code} of {size} categories");
            }

            // Fleiss, Cohen and Everitt 1969 as they print the error under chance, without weights.
            double[] rows = [.. Enumerable.Range(0, size).Select(i => counts[i].Sum() / (double)n)], columns = [.. Enumerable.Range(0, size).Select(j => counts.Sum(row => row[j]) / (double)n)];
            var expected = rows.Zip(columns, (a, b) => a * b).Sum();
            var chance = Math.Sqrt(expected + expected * expected - rows.Zip(columns, (a, b) => a * b * (a + b)).Sum()) / ((1 - expected) * Math.Sqrt(n));
            result.Kappa.NullStandardError!.Value.ShouldBe(chance, 1e-12);
        }
    }

    [EveryCultureTheory]
    [InlineData("92.86%", "56.38%", "0.8363", true)]
    [InlineData("71.91%", "55.31%", "0.4367", false)]
    [InlineData("0.7191", "0.5531", ".3714", true)]
    public void A_published_kappa_is_held_against_its_shares(string observed, string expected, string kappa, bool agrees)
    {
        var check = PublishedKappa.Check(observed, expected, kappa);
        check.Agrees.ShouldBe(agrees, check.ToString());
        if (!agrees)
        {
            check.Computed.ShouldBe(0.3714, 5e-5);
            check.ToString().ShouldContain("the text disagrees with itself");
        }
    }

    [EveryCultureFact]
    public void Where_all_agree_on_one_category_a_sentence_says_so_and_nothing_is_NaN()
    {
        var result = Table([[0, 0], [0, 7]]).Agreement();
        result.Kappa.Estimate.ShouldBeNull();
        result.Kappa.Interval.ShouldBeNull();
        result.Kappa.PValue.ShouldBeNull();
        result["ac1"].Estimate.ShouldBe(1);
        result["pabak"].Estimate.ShouldBe(1);
        foreach (var text in new[] { result.ToString(), result.ToMarkdown(), result.ToHtml(), Report.Json(result), Report.Csv(result) })
        {
            text.ShouldNotContain("NaN");
            text.ShouldNotContain("∞");
        }

        result.ToString().ReplaceLineEndings(" ").ShouldContain("Cohen's kappa cannot be estimated: everybody put every record into one category, 'exclude'");
        var several = MultiraterAgreement.Of(["include", "exclude"], [[0, 3], [0, 3]]);
        several.Kappa.Estimate.ShouldBeNull();
        several.ToString().ReplaceLineEndings(" ").ShouldContain("Fleiss' kappa cannot be estimated");
        Report.Json(several).ShouldNotContain("NaN");
    }

    [Fact]
    public void Full_agreement_on_several_categories_is_1()
    {
        var result = Table([[5, 0], [0, 7]]).Agreement();
        result.Kappa.Estimate.ShouldBe(1);
        result.Kappa.StandardError.ShouldBe(0);
        result.ToString().ReplaceLineEndings(" ").ShouldContain("does not mean certainty");
    }

    [Fact]
    public void Bands_are_read_at_two_decimals()
    {
        string[] words = [.. new[] { 0.394, 0.396, 0.594, 0.596, 0.744, 0.746, -0.2 }.Select(AgreementWords.Cochrane)];
        words.ShouldBe(["below fair", "fair", "fair", "good", "good", "excellent", "below fair"]);
        AgreementWords.LandisKoch(-0.01).ShouldBe("poor");
        AgreementWords.LandisKoch(0.81).ShouldBe("almost perfect");
    }

    [Fact]
    public void What_is_no_table_is_refused()
    {
        Should.Throw<ArgumentException>(() => Table([[1, 2]])).Message.ShouldContain("as many rows and columns");
        Should.Throw<ArgumentException>(() => Table([[1, -2], [0, 1]])).Message.ShouldContain("-2");
        Should.Throw<ArgumentException>(() => Table([[0, 0], [0, 0]])).Message.ShouldContain("empty");
        Should.Throw<ArgumentException>(() => MultiraterAgreement.Of(["a", "b"], [[1, 1], [2, 1]])).Message.ShouldContain("Record 2");
        Should.Throw<ArgumentOutOfRangeException>(() => Table([[1, 2], [0, 1]]).Agreement(95));
        Should.Throw<ArgumentException>(() => Table([[1, 2], [0, 1]]).Agreement()["kapa"]).Message.ShouldContain("did you mean kappa?");
        Should.Throw<ArgumentException>(() => PublishedKappa.Check("171%", "50%", "0.4")).Message.ShouldContain("not a share");
    }

    private static AgreementTable Table(int[][] counts) => new(counts.Length == 2 ? ["include", "exclude"] : [.. Enumerable.Range(1, counts.Length).Select(k => $"{k}")], counts);

    private static double[] Moved(double[] p, int index, double step) => [.. p.Select((share, k) => k == index ? share + step : share)];

    /// <summary>The coefficients from their definitions; the shares need not sum to 1.</summary>
    private static double Twin(string code, double[] p, int size)
    {
        double Row(int i) => Enumerable.Range(0, size).Sum(j => p[i * size + j]);
        double Column(int j) => Enumerable.Range(0, size).Sum(i => p[i * size + j]);
        double Weight(int i, int j) => code switch
        {
            "kappa-linear" => 1 - Math.Abs(i - j) / (size - 1.0), "kappa-quadratic" => 1 - (i - j) * (i - j) / ((size - 1.0) * (size - 1)), _ => i == j ? 1 : 0,
        };
        double observed = 0, expected = 0;
        for (var i = 0; i < size; i++)
        {
            var mean = (Row(i) + Column(i)) / 2;
            for (var j = 0; j < size; j++)
            {
                observed += Weight(i, j) * p[i * size + j];
                expected += code.StartsWith("kappa", StringComparison.Ordinal) ? Weight(i, j) * Row(i) * Column(j) : 0;
            }

            expected += code switch { "pabak" => 1.0 / size / size, "ac1" => mean * (1 - mean) / (size - 1), "scott-pi" => mean * mean, _ => 0 };
        }

        return (observed - expected) / (1 - expected);
    }
}
