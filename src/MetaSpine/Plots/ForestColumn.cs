namespace MetaSpine;

/// <summary>A number taken from a row of the input, whose columns the given function looks up.</summary>
internal delegate double Quantity(Func<string, double> input);

/// <summary>A column of a forest plot that shows what the studies reported.</summary>
/// <param name="Group">The heading over this and its neighbours of the same group; null for none.</param>
/// <param name="Heading">Its own heading.</param>
/// <param name="Adds">Whether the sum over the studies means something (counts do, means do not).</param>
/// <param name="Quantities">What it shows; several are joined by a slash.</param>
internal sealed record ForestColumn(string? Group, string Heading, bool Adds, params Quantity[] Quantities)
{
    /// <summary>The columns that fit the data of a measure; none for ready estimates.</summary>
    public static IReadOnlyList<ForestColumn> For(EffectSizes effects, ForestPlotOptions options)
    {
        var inputs = effects.Measure.Family.Alternatives[0].Select(input => input.Column).ToList();
        var (treatment, control) = (options.TreatmentHeading, options.ControlHeading);
        const string events = "Events/total", time = "Events/time";
        return inputs switch
        {
            _ when inputs.Contains("ai") =>
            [
                new(treatment, events, true, input => input("ai"), Total("n1i", "ai", "bi")),
                new(control, events, true, input => input("ci"), Total("n2i", "ci", "di")),
            ],
            _ when inputs.Contains("x1i") =>
            [
                new(treatment, time, true, input => input("x1i"), input => input("t1i")),
                new(control, time, true, input => input("x2i"), input => input("t2i")),
            ],
            _ when inputs.Contains("m1i") => [.. Mean(treatment, "m1i", "sd1i", "n1i"), .. Mean(control, "m2i", "sd2i", "n2i")],
            _ when inputs.Contains("sdi") => [.. Mean(null, "mi", "sdi", "ni")],
            _ when inputs.Contains("ti") => [new(null, time, true, input => input("xi"), input => input("ti"))],
            _ when inputs.Contains("xi") => [new(null, events, true, input => input("xi"), Total("ni", "xi", "mi"))],
            _ when inputs.Contains("ri") => [new(null, "Total", true, input => input("ni"))],
            _ => [],
        };
    }

    private static ForestColumn[] Mean(string? group, string mean, string deviation, string count) =>
    [
        new(group, "Mean", false, input => input(mean)),
        new(group, "SD", false, input => input(deviation)),
        new(group, "Total", true, input => input(count)),
    ];

    private static Quantity Total(string total, string events, string others) =>
        input => double.IsNaN(input(total)) ? input(events) + input(others) : input(total);

    /// <summary>The decimals that the column needs for its numbers: those of the most precise one, within five significant digits of the largest.</summary>
    public int Digits(IEnumerable<Func<string, double>> rows)
    {
        var values = rows.SelectMany(row => Quantities.Select(quantity => quantity(row))).Where(value => double.IsFinite(value) && value != 0).ToList();
        var most = values.Count == 0 ? 0 : Math.Clamp(4 - (int)Math.Floor(Math.Log10(values.Max(Math.Abs))), 0, 6);
        var digits = 0;
        while (digits < most && values.Any(value => Math.Abs(Math.Round(value, digits) - value) > 1e-9 * Math.Abs(value)))
        {
            digits++;
        }

        return digits;
    }

    /// <summary>The parts of a study's cell, each of which lines up with those of the other rows: "4" and "/123".</summary>
    public string[] Cell(Func<string, double> row, int digits) => Join(quantity => quantity(row), digits);

    /// <summary>The cell of the sum over some studies; empty where a sum means nothing.</summary>
    public string[] Total(IReadOnlyList<Func<string, double>> rows, int digits) =>
        Adds ? Join(quantity => rows.Sum(row => quantity(row)), digits) : [];

    private string[] Join(Func<Quantity, double> value, int digits) =>
        [.. Quantities.Select((quantity, index) => (index == 0 ? "" : "/") + Text(value(quantity), digits))];

    private string Text(double value, int digits) =>
        double.IsNaN(value) ? "–" : Adds ? PlotNumbers.Short(value) : PlotNumbers.Fixed(value, digits);
}
