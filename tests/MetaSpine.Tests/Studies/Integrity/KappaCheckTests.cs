namespace MetaSpine.Tests.Studies;

/// <summary>Kappas on and just beside those that their agreement allows, and what is said of them.</summary>
public sealed class KappaCheckTests
{
    // R: k = function(o, e) (o - e) / (1 - e); k(.71905, .55315), k(.7191, .5531), k(.71915, .55305) = 0.371266, 0.371448, 0.371630.
    [EveryCultureTheory]
    [InlineData("0.2", false)]
    [InlineData("0.3712", false)]
    [InlineData("0.3713", true)]
    [InlineData("0.3716", true)]
    [InlineData("0.3717", false)]
    [InlineData("0.5", false)]
    public void Rounded_agreement_gives_a_range(string kappa, bool agrees)
    {
        var check = KappaCheck.OfAgreement(kappa, "71.91%", "55.31%");
        check.Agrees.ShouldBe(agrees, check.Sentence);
        if (kappa.Length == 6)
            (check.Computed, check.Admissible).ShouldBe(("0.3714", "0.3713 to 0.3716"));
    }

    // (5 + 5) / 16 = 0.625 agree and 0.5 would by chance: kappa is 0.25, which rounds to 0.2 and 0.3; and (3 + 3) / 8 gives 0.5.
    [EveryCultureTheory]
    [InlineData("0.1", 5, 3, false)]
    [InlineData("0.2", 5, 3, true)]
    [InlineData("0.3", 5, 3, true)]
    [InlineData("0.4", 5, 3, false)]
    [InlineData("0", 3, 1, true)]
    [InlineData("1", 3, 1, true)]
    [InlineData("-1", 3, 1, false)]
    [InlineData("2", 3, 1, false)]
    public void A_half_may_have_been_rounded_either_way(string kappa, long alike, long unlike, bool agrees) =>
        KappaCheck.OfTable(kappa, alike, unlike, unlike, alike).Agrees.ShouldBe(agrees);

    [EveryCultureFact]
    public void A_sentence_says_what_was_computed()
    {
        (string?, string?, string) Answer(NumberCheck check) => (check.Computed, check.Admissible, check.Sentence);
        Answer(KappaCheck.OfAgreement(".37", "71.91%", "55.31%")).ShouldBe(("0.37", "0.37", "71.91% observed and 55.31% expected agreement give a kappa of 0.37"));
        Answer(KappaCheck.OfAgreement("0.40", "0.70", "0.50")).ShouldBe(("0.40", "0.38 to 0.42", "0.70 observed and 0.50 expected agreement give a kappa of 0.40"));
        Answer(KappaCheck.OfAgreement("1.00", "100%", "50%")).ShouldBe(("1.00", "0.99 to 1.00", "100% observed and 50% expected agreement give a kappa of 1.00"));
        Answer(KappaCheck.OfTable("0.5", 20, 5, 10, 15)).ShouldBe(("0.4", "0.4", "the table 20, 5, 10, 15 gives a kappa of 0.4, but the report prints 0.5"));
        Answer(KappaCheck.OfAgreement("0.5", "100%", "100%")).ShouldBe((null, null, "100% observed and 100% expected agreement give no kappa"));
        Answer(KappaCheck.OfAgreement("0.5", "90%", "100%")).ShouldBe((null, null, "90% observed and 100% expected agreement give no kappa"));
        Answer(KappaCheck.OfTable("0.5", 9, 0, 0, 0)).ShouldBe((null, null, "the table 9, 0, 0, 0 gives no kappa"));
    }

    [Theory]
    [InlineData("-1%", "50%")]
    [InlineData("101%", "50%")]
    [InlineData("50%", "-1%")]
    [InlineData("50%", "101%")]
    public void Agreement_is_a_share(string observed, string expected) =>
        Should.Throw<ArgumentOutOfRangeException>(() => KappaCheck.OfAgreement("0.5", observed, expected));

    [Theory]
    [InlineData(-1, 5, 5, 5)]
    [InlineData(5, -1, 5, 5)]
    [InlineData(5, 5, -1, 5)]
    [InlineData(5, 5, 5, -1)]
    public void Counts_are_not_negative(long both, long first, long second, long neither) =>
        Should.Throw<ArgumentOutOfRangeException>(() => KappaCheck.OfTable("0.5", both, first, second, neither));
}
