namespace MetaSpine;

/// <summary>Two groups and an event: a, b events and the rest of the treated, c, d of the controls.</summary>
internal readonly record struct TwoByTwo(double A, double B, double C, double D) : IStudyRow<TwoByTwo>, ICounts<TwoByTwo>
{
    private static readonly MeasureInput Ai = new("ai", "events in the treatment group");
    private static readonly MeasureInput Ci = new("ci", "events in the control group");

    /// <summary>The sets of columns that hold the cells.</summary>
    public static IReadOnlyList<IReadOnlyList<MeasureInput>> Cells { get; } =
    [
        [Ai, TwoMeans.N1i, Ci, TwoMeans.N2i],
        [Ai, new("bi", "non-events in the treatment group"), Ci, new("di", "non-events in the control group")],
    ];

    public static MeasureFamily Family { get; } = new("two-by-two table", [.. Cells, .. RebuiltTable.Alternatives]);

    /// <summary>The cells; where a study lacks both groups' events, the table that its margins and an association leave.</summary>
    public static TwoByTwo Read(RowReader row) =>
        row.Has("ai") || row.Has("ci") ? ReadCells(row) : RebuiltTable.Read(row) ?? ReadCells(row);

    public static TwoByTwo ReadCells(RowReader row)
    {
        var a = row.NonNegative("ai");
        var c = row.NonNegative("ci");
        return new TwoByTwo(a, row.Rest("bi", "ai", a, "n1i"), c, row.Rest("di", "ci", c, "n2i"));
    }

    public double N1 => A + B;

    public double N2 => C + D;

    public double Size => N1 + N2;

    public double P1 => A / N1;

    public double P2 => C / N2;

    /// <summary>The proportion with the event in both groups together.</summary>
    public double P => (A + C) / Size;

    public double LogOddsRatio => Math.Log(A * D / (B * C));

    public bool HasZero => A == 0 || B == 0 || C == 0 || D == 0;

    public bool HasDoubleZero => (A == 0 && C == 0) || (B == 0 && D == 0);

    public TwoByTwo Plus(double add, bool onlyEvents) => onlyEvents ? new(A + add, B, C + add, D) : new(A + add, B + add, C + add, D + add);
}
