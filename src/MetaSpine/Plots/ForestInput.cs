namespace MetaSpine;

/// <summary>A number taken from a row of the input, whose columns the given function looks up.</summary>
internal delegate double Quantity(Func<string, double> input);

/// <summary>What the studies reported, as a column of a forest plot.</summary>
/// <param name="Group">The heading over this and its neighbours of the same group; null for none.</param>
/// <param name="Heading">Its own heading.</param>
/// <param name="Adds">Whether the sum over the studies means something (counts do, means do not).</param>
/// <param name="Quantities">What it shows; several are joined by a slash.</param>
internal sealed record ForestInput(string? Group, string Heading, bool Adds, params Quantity[] Quantities)
{
    /// <summary>The columns that fit the data of a measure; none for ready estimates.</summary>
    /// <param name="effects">The effect sizes with their data.</param>
    /// <param name="options">They name the groups.</param>
    /// <param name="split">Whether events and totals are columns of their own.</param>
    public static IReadOnlyList<ForestInput> For(EffectSizes effects, ForestPlotOptions options, bool split)
    {
        var inputs = effects.Measure.Family.Alternatives[0].Select(input => input.Column).ToList();
        var (treatment, control) = (options.TreatmentHeading, options.ControlHeading);
        IReadOnlyList<ForestInput> Of(string? group, string total, Quantity events, Quantity of) => split
            ? [new(group, "Events", true, events), new(group, total, true, of)]
            : [new(group, $"Events/{total.ToLowerInvariant()}", true, events, of)];
        return inputs switch
        {
            _ when inputs.Contains("ai") =>
            [
                .. Of(treatment, "Total", input => input("ai"), Total("n1i", "ai", "bi")),
                .. Of(control, "Total", input => input("ci"), Total("n2i", "ci", "di")),
            ],
            _ when inputs.Contains("x1i") =>
            [
                .. Of(treatment, "Time", input => input("x1i"), input => input("t1i")),
                .. Of(control, "Time", input => input("x2i"), input => input("t2i")),
            ],
            _ when inputs.Contains("m1i") => [.. Mean(treatment, "m1i", "sd1i", "n1i"), .. Mean(control, "m2i", "sd2i", "n2i")],
            _ when inputs.Contains("sdi") => [.. Mean(null, "mi", "sdi", "ni")],
            _ when inputs.Contains("ti") => Of(null, "Time", input => input("xi"), input => input("ti")),
            _ when inputs.Contains("xi") => Of(null, "Total", input => input("xi"), Total("ni", "xi", "mi")),
            _ when inputs.Contains("ri") => [new(null, "Total", true, input => input("ni"))],
            _ => [],
        };
    }

    private static ForestInput[] Mean(string? group, string mean, string deviation, string count) =>
    [
        new(group, "Mean", false, input => input(mean)),
        new(group, "SD", false, input => input(deviation)),
        new(group, "Total", true, input => input(count)),
    ];

    private static Quantity Total(string total, string events, string others) =>
        input => double.IsNaN(input(total)) ? input(events) + input(others) : input(total);

    /// <summary>The column of the plot, over the results whose studies are listed.</summary>
    public ForestField Field(IReadOnlyList<IPooledEffect> listed)
    {
        var rows = listed.SelectMany(result => Enumerable.Range(0, result.Effects.Count).Select(row => Of(result, row)));
        var digits = Digits(rows.SelectMany(row => Quantities.Select(quantity => quantity(row))));
        return new ForestField(Group, [Heading], row => row switch
        {
            // Dependent effects are often of the same people, whom a sum would count twice.
            { Result: MultilevelPooledResult, Kind: ForestRowKind.Total } => [],
            { Kind: ForestRowKind.Subtotal or ForestRowKind.Total, Result: { } result } => Total([.. result.Shares.Select(share => Of(result, share.Row))], digits),
            { Index: { } index, Result: { } result } => Cell(Of(result, index), digits),
            _ => [],
        })
        {
            Anchors = Quantities.Length == 1 ? [TextAnchor.End] : [TextAnchor.End, TextAnchor.Start],
        };
    }

    /// <summary>The decimals that numbers need side by side: those of the most precise one, within five significant digits of the largest.</summary>
    public static int Digits(IEnumerable<double> numbers)
    {
        var values = numbers.Where(value => double.IsFinite(value) && value != 0).ToList();
        var most = values.Count == 0 ? 0 : Math.Clamp(4 - (int)Math.Floor(Math.Log10(values.Max(Math.Abs))), 0, 6);
        var digits = 0;
        while (digits < most && values.Any(value => Math.Abs(Math.Round(value, digits) - value) > 1e-9 * Math.Abs(value)))
        {
            digits++;
        }

        return digits;
    }

    private static Func<string, double> Of(IPooledEffect result, int row) => column => result.Effects.Data.Value(column, row);

    /// <summary>The parts of a study's cell, each of which lines up with those of the other rows: "4" and "/123".</summary>
    private string[] Cell(Func<string, double> row, int digits) => Join(quantity => quantity(row), digits);

    /// <summary>The cell of the sum over some studies; empty where a sum means nothing.</summary>
    private string[] Total(IReadOnlyList<Func<string, double>> rows, int digits) =>
        Adds ? Join(quantity => rows.Sum(row => quantity(row)), digits) : [];

    private string[] Join(Func<Quantity, double> value, int digits) =>
        [.. Quantities.Select((quantity, index) => (index == 0 ? "" : "/") + Text(value(quantity), digits))];

    private string Text(double value, int digits) =>
        double.IsNaN(value) ? "–" : Adds ? PlotNumbers.Short(value) : PlotNumbers.Fixed(value, digits);
}
