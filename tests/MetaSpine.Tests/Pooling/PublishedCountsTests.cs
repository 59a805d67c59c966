namespace MetaSpine.Tests;

/// <summary>
/// Published analyses of events and counts, at the digits of the page that printed them. Where the digits are those of metafor's own
/// worked example of the article rather than of the page, the test says so.
/// </summary>
public sealed class PublishedCountsTests
{
    /// <summary>
    /// Rothman, Greenland and Lash (2008), Modern Epidemiology, 3rd ed., chapter 15, table 15-1: deaths under tolbutamide and placebo,
    /// by age. Further digits: metafor 3.8.1, rma.mh.
    /// </summary>
    [EveryCultureTheory]
    [InlineData("RD", 0.0349, 0.0319, -0.0276, 0.0974)]
    [InlineData("RR", 0.2818, 0.2590, -0.2258, 0.7894)]
    [InlineData("OR", 0.3387, 0.3112, -0.2711, 0.9486)]
    public void Rothman_2008_tolbutamide(string code, double estimate, double error, double lower, double upper)
    {
        var result = MantelHaenszel.Pool(Measures.Find(code), new EffectData { ["ai"] = [8, 22], ["bi"] = [98, 76], ["ci"] = [5, 16], ["di"] = [115, 69] });
        Printed.At(result.Estimate, estimate, 4);
        Printed.At(result.StandardError, error, 4);
        Printed.At(result.Interval.Lower, lower, 4);
        Printed.At(result.Interval.Upper, upper, 4);
        switch (code)
        {
            case "RR":
                Printed.At(result.Natural.Estimate, 1.33, 2);
                Printed.At(result.Natural.Interval.Lower, 0.80, 2);
                Printed.At(result.Natural.Interval.Upper, 2.20, 2);
                break;
            case "OR":
                Printed.At(result.Natural.Estimate, 1.40, 2);
                Printed.At(result.Natural.Interval.Lower, 0.76, 2);
                Printed.At(result.Natural.Interval.Upper, 2.58, 2);
                break;
        }
    }

    /// <summary>Rothman et al. (2008), table 15-2: coronary deaths of British doctors who smoke or do not, by age; person-years in units of 10,000.</summary>
    [EveryCultureFact]
    public void Rothman_2008_smoking_doctors()
    {
        var data = new EffectData
        {
            ["x1i"] = [32, 104, 206, 186, 102], ["t1i"] = [5.2407, 4.3248, 2.8612, 1.2663, 0.5317],
            ["x2i"] = [2, 12, 28, 28, 31], ["t2i"] = [1.8790, 1.0673, 0.5710, 0.2585, 0.1462],
        };
        var ratio = MantelHaenszel.Pool(Measures.IRR, data).Natural;
        Printed.At(ratio.Estimate, 1.42, 2);
        Printed.At(ratio.Interval.Lower, 1.15, 2);
        Printed.At(ratio.Interval.Upper, 1.76, 2);

        var difference = MantelHaenszel.Pool(Measures.IRD, data);
        Printed.At(difference.Estimate, 11.44, 2);
        Printed.At(difference.Interval.Lower, 5.37, 2);
        Printed.At(difference.Interval.Upper, 17.50, 2);
    }

    /// <summary>Rothman et al. (2008), table 15-5: Down syndrome and spermicides, by the mother's age.</summary>
    [EveryCultureFact]
    public void Rothman_2008_spermicides()
    {
        var result = MantelHaenszel.Pool(Measures.OR, new EffectData { ["ai"] = [3, 1], ["bi"] = [9, 3], ["ci"] = [104, 5], ["di"] = [1059, 86] }).Natural;
        Printed.At(result.Estimate, 3.78, 2);
        Printed.At(result.Interval.Lower, 1.19, 2);
        Printed.At(result.Interval.Upper, 12.04, 2);
    }

    /// <summary>
    /// Yusuf, Peto, Lewis, Collins and Sleight (1985), Progress in Cardiovascular Diseases 27:335, table 6: early oral beta blockers after a
    /// heart attack, deaths. The trials are metadat's dat.yusuf1985; the digits metafor 3.8.1, rma.peto.
    /// </summary>
    [EveryCultureFact]
    public void Yusuf_1985_beta_blockers()
    {
        var result = PetoMethod.Pool(new EffectData
        {
            ["ai"] = [14, 18, 15, 10, 21, 3, 2, double.NaN, 19, 15, 5, 0, 8, 3, 0, 1, 0, 14, 0, 8, 6, 3],
            ["n1i"] = [56, 66, 100, 52, 226, 38, 20, double.NaN, 76, 106, 62, 9, 133, 48, 16, 42, 25, 221, 11, 259, 157, 177],
            ["ci"] = [15, 19, 12, 12, 24, 6, 3, double.NaN, 15, 9, 4, 0, 11, 3, 0, 1, 3, 15, 0, 7, 4, 2],
            ["n2i"] = [58, 64, 95, 47, 228, 31, 20, double.NaN, 67, 114, 57, 8, 127, 49, 13, 46, 25, 228, 11, 129, 158, 136],
        });
        Printed.At(result.Natural.Estimate, 0.933, 3);
        Printed.At(result.Natural.Interval.Lower, 0.738, 3);
        Printed.At(result.Natural.Interval.Upper, 1.179, 3);
        Printed.At(result.Estimate, -0.0692, 4);
        Printed.At(result.StandardError, 0.1194, 4);
        Printed.At(result.Q.Statistic, 10.8275, 4);
        result.Excluded.Count.ShouldBe(1);
    }
}
