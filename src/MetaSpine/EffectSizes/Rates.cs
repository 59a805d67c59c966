namespace MetaSpine;

/// <summary>One group's events over its person-time.</summary>
internal readonly record struct Rate(double X, double T) : IStudyRow<Rate>, ICounts<Rate>
{
    public static MeasureFamily Family { get; } = new("rate of one group",
        [[new("xi", "events"), new("ti", "person-time")]]);

    public static Rate Read(RowReader row) => new(row.NonNegative("xi"), row.Positive("ti"));

    public double Size => T;

    public bool HasZero => X == 0;

    public bool HasDoubleZero => false;

    public Rate Plus(double add, bool onlyEvents) => this with { X = X + add };
}

/// <summary>Two groups' events over their person-time.</summary>
internal readonly record struct TwoRates(double X1, double T1, double X2, double T2) : IStudyRow<TwoRates>, ICounts<TwoRates>
{
    public static MeasureFamily Family { get; } = new("rates of two groups",
    [
        [
            new("x1i", "events in the treatment group"), new("t1i", "person-time in the treatment group"),
            new("x2i", "events in the control group"), new("t2i", "person-time in the control group"),
        ],
    ]);

    public static TwoRates Read(RowReader row) =>
        new(row.NonNegative("x1i"), row.Positive("t1i"), row.NonNegative("x2i"), row.Positive("t2i"));

    public double Size => T1 + T2;

    public bool HasZero => X1 == 0 || X2 == 0;

    public bool HasDoubleZero => X1 == 0 && X2 == 0;

    public TwoRates Plus(double add, bool onlyEvents) => this with { X1 = X1 + add, X2 = X2 + add };
}

/// <summary>The measures of event rates.</summary>
internal static class RateMeasures
{
    private const string Source = "Rothman, Greenland & Lash (2008), Modern Epidemiology, 3rd ed., chapters 14-15";

    public static readonly Measure IR = new MeasureOf<Rate>(
        new("IR", "incidence rate", "incidence rate", Scale.Identity, null, Source),
        (g, _) => g.X / g.T,
        [new(VarianceType.LS, (g, _) => g.X / (g.T * g.T))],
        correctsZeros: true);

    public static readonly Measure IRLN = new MeasureOf<Rate>(
        new("IRLN", "log incidence rate", "incidence rate", Scale.Log, null, Source),
        (g, _) => Math.Log(g.X / g.T),
        [new(VarianceType.LS, (g, _) => 1 / g.X)],
        correctsZeros: true);

    public static readonly Measure IRS = new MeasureOf<Rate>(
        new("IRS", "square-root incidence rate", "incidence rate", Scale.SquareRoot, null, Source),
        (g, _) => Math.Sqrt(g.X / g.T),
        [new(VarianceType.LS, (g, _) => 1 / (4 * g.T))]);

    public static readonly Measure IRFT = new MeasureOf<Rate>(
        new("IRFT", "Freeman-Tukey incidence rate", "incidence rate", Scale.FreemanTukeyRate, null, "Freeman & Tukey (1950), Annals of Mathematical Statistics 21:607, doi:10.1214/aoms/1177729756"),
        (g, _) => (Math.Sqrt(g.X / g.T) + Math.Sqrt((g.X + 1) / g.T)) / 2,
        [new(VarianceType.LS, (g, _) => 1 / (4 * g.T))]);

    public static readonly Measure IRR = new MeasureOf<TwoRates>(
        new("IRR", "log incidence rate ratio", "incidence rate ratio", Scale.Log, 0, Source),
        (g, _) => Math.Log(g.X1 / g.T1) - Math.Log(g.X2 / g.T2),
        [new(VarianceType.LS, (g, _) => 1 / g.X1 + 1 / g.X2)],
        correctsZeros: true);

    public static readonly Measure IRD = new MeasureOf<TwoRates>(
        new("IRD", "incidence rate difference", "incidence rate difference", Scale.Identity, 0, Source),
        (g, _) => g.X1 / g.T1 - g.X2 / g.T2,
        [new(VarianceType.LS, (g, _) => g.X1 / (g.T1 * g.T1) + g.X2 / (g.T2 * g.T2))],
        correctsZeros: true);

    public static readonly Measure IRSD = new MeasureOf<TwoRates>(
        new("IRSD", "square-root incidence rate difference", "square-root incidence rate difference", Scale.Identity, 0, Source),
        (g, _) => Math.Sqrt(g.X1 / g.T1) - Math.Sqrt(g.X2 / g.T2),
        [new(VarianceType.LS, (g, _) => 1 / (4 * g.T1) + 1 / (4 * g.T2))]);
}
