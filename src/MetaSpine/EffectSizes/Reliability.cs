using static MetaSpine.Powers;

namespace MetaSpine;

/// <summary>Cronbach's alpha of a scale.</summary>
internal readonly record struct Reliability(double Alpha, double Items, double N) : IStudyRow<Reliability>
{
    public static MeasureFamily Family { get; } = new("reliability",
        [[new("ai", "Cronbach's alpha"), new("mi", "items of the scale, or raters"), new("ni", "participants")]]);

    public static Reliability Read(RowReader row) => new(row.AtMostOne("ai"), row.AtLeast("mi", 2), row.SampleSize("ni"));

    public double Size => N;
}

/// <summary>The measures of reliability, turned so that a higher value is a more reliable scale.</summary>
internal static class ReliabilityMeasures
{
    private const string Bonett = "Bonett (2002), Journal of Educational and Behavioral Statistics 27:335, doi:10.3102/10769986027004335; Bonett (2010), Psychological Methods 15:368, doi:10.1037/a0020142";

    private static readonly Scale Complement = new("log of 1 - alpha, reversed", alpha => -Math.Log(1 - alpha), y => 1 - Math.Exp(-y));
    private static readonly Scale CubeRoot = new("cube root of 1 - alpha, reversed", alpha => 1 - Math.Cbrt(1 - alpha), y => 1 - (1 - y) * (1 - y) * (1 - y));

    public static readonly Measure ARAW = new MeasureOf<Reliability>(
        new("ARAW", "Cronbach's alpha", "Cronbach's alpha", Scale.Identity, null, Bonett),
        (s, _) => s.Alpha,
        [new(VarianceType.LS, (s, _) => Square(1 - s.Alpha) * LogVariance(s))]);

    public static readonly Measure AHW = new MeasureOf<Reliability>(
        new("AHW", "Cronbach's alpha (cube root)", "Cronbach's alpha", CubeRoot, null, "Hakstian & Whalen (1976), Psychometrika 41:219, doi:10.1007/BF02291840"),
        (s, _) => 1 - Math.Cbrt(1 - s.Alpha),
        [new(VarianceType.LS, (s, _) => 18 * s.Items * (s.N - 1) * Square(Math.Cbrt(1 - s.Alpha)) / ((s.Items - 1) * Square(9 * s.N - 11)))]);

    public static readonly Measure ABT = new MeasureOf<Reliability>(
        new("ABT", "Cronbach's alpha (log)", "Cronbach's alpha", Complement, null, Bonett),
        (s, _) => -Math.Log(1 - s.Alpha),
        [new(VarianceType.LS, (s, _) => LogVariance(s))]);

    private static double LogVariance(Reliability s) => 2 * s.Items / ((s.Items - 1) * (s.N - 2));
}
