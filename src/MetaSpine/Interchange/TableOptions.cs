namespace MetaSpine;

/// <summary>How the rows of a table stand for studies.</summary>
public enum TableLayout
{
    /// <summary>One row per study, the groups side by side.</summary>
    Wide,

    /// <summary>One row per arm of a study.</summary>
    ArmLong,

    /// <summary>One row per study with an estimate computed elsewhere, and its variance, standard error, interval or p-value.</summary>
    Contrast,

    /// <summary>The data rows that RevMan exports: those of RevMan Web, or the data and analyses of RevMan 5.</summary>
    RevMan,
}

/// <summary>The names of the layouts of tables: the one list that the reader, the command line and its help read.</summary>
public static class TableLayouts
{
    private static readonly MethodName[] Names =
    [
        new("wide", "one row per study", "columns such as ai n1i ci n2i"),
        new("arm-long", "one row per arm", "columns such as study, arm, events, n"),
        new("contrast", "one row per study with a ready estimate", "columns such as study, OR, lower, upper"),
        new("revman", "the data rows of RevMan", "as RevMan Web and RevMan 5 export them"),
    ];

    /// <summary>The layouts, in the order of <see cref="TableLayout"/>.</summary>
    public static IReadOnlyList<MethodName> All => Names;

    /// <summary>A layout's name.</summary>
    public static MethodName Of(TableLayout layout) => Names[(int)layout];

    /// <summary>Finds a layout by its code, in any case.</summary>
    /// <exception cref="ArgumentException">There is none; the message names the nearest, or all.</exception>
    public static TableLayout Find(string code) => (TableLayout)MethodNames.IndexOf(Names, code, "layout");
}

/// <summary>How a table is read. What is not given is recognised from the table itself.</summary>
public sealed record TableOptions
{
    /// <summary>Everything recognised, numbers with a decimal point.</summary>
    public static TableOptions Default { get; } = new();

    /// <summary>The layout. <value>Default: recognised from the header.</value></summary>
    public TableLayout? Layout { get; init; }

    /// <summary>The decimal mark, a point or a comma. <value>Default a point: a comma is never guessed, since 1,234 would then be two numbers.</value></summary>
    public char DecimalMark { get; init; } = '.';

    /// <summary>Columns by input where their names do not say it: <c>["ai"] = "tpos"</c>; <c>label</c> names the studies, <c>arm</c> their arms, <c>lower upper p</c> what comes with an estimate. <value>Default none.</value></summary>
    public IReadOnlyDictionary<string, string> Columns { get; init; } = new Dictionary<string, string>();

    /// <summary>Only the rows whose column has this value, in any case: <c>["outcome"] = "pain"</c>. <value>Default all rows.</value></summary>
    public IReadOnlyDictionary<string, string> Where { get; init; } = new Dictionary<string, string>();

    /// <summary>The arm that is compared, in a table with one row per arm. <value>Default: the one that is not the control.</value></summary>
    public string? Intervention { get; init; }

    /// <summary>The arm that it is compared with. <value>Default: recognised by its name (control, placebo, usual care ...).</value></summary>
    public string? Control { get; init; }

    /// <summary>The scale of ready estimates whose column does not say it: an odds ratio, or its logarithm. <value>Default none, so that such a table is refused.</value></summary>
    public EstimateScale? Scale { get; init; }

    /// <summary>The level of the confidence intervals of ready estimates, as a proportion. <value>Default 0.95, which is what papers print.</value></summary>
    public double IntervalLevel { get; init; } = 0.95;
}
