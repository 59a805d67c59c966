namespace MetaSpine.Tests;

/// <summary>Characteristics of studies as a design matrix takes them.</summary>
public sealed class PredictorTests
{
    [EveryCultureFact]
    public void Categories_stand_in_the_order_of_their_appearance_after_the_reference()
    {
        string?[] allocations = ["random", null, "alternate", "systematic", "random"];
        var first = Predictor.Categorical("alloc", allocations);
        first.Levels.ShouldBe(["random", "alternate", "systematic"]);
        first.Columns.ShouldBe(["alloc: alternate", "alloc: systematic"]);
        first.Reference.ShouldBeNull();
        var named = Predictor.Categorical("alloc", allocations, "systematic");
        named.Levels.ShouldBe(["systematic", "random", "alternate"]);
        named.Columns.ShouldBe(["alloc: random", "alloc: alternate"]);
        (named.IsNumeric, named.Count, named.IsMissing(1), named.IsMissing(2), named.Category(3)).ShouldBe((false, 5, true, false, "systematic"));
        named.Number(3).ShouldBe(double.NaN);
        Should.Throw<ArgumentException>(() => Predictor.Categorical("alloc", allocations, "Random")).Message
            .ShouldStartWith("The reference 'Random' is not a category of alloc; there are random, alternate, systematic.");
    }

    [EveryCultureFact]
    public void A_number_is_one_column()
    {
        var latitude = Predictor.Numeric("ablat", [44.5, double.NaN, -0.0, double.PositiveInfinity]);
        latitude.Columns.ShouldBe(["ablat"]);
        latitude.Levels.ShouldBeEmpty();
        (latitude.IsNumeric, latitude.Count, latitude.Number(0)).ShouldBe((true, 4, 44.5));
        Enumerable.Range(0, 4).Select(latitude.IsMissing).ShouldBe([false, true, false, true]);

        // Minus zero is the same category as zero.
        (latitude.Category(0), latitude.Category(2)).ShouldBe(("44.5", "0"));
    }

    [Fact]
    public void What_is_not_there_is_named()
    {
        Should.Throw<ArgumentNullException>(() => Predictor.Numeric(null!, [1])).ParamName.ShouldBe("name");
        Should.Throw<ArgumentNullException>(() => Predictor.Numeric("x", null!)).ParamName.ShouldBe("values");
        Should.Throw<ArgumentNullException>(() => Predictor.Categorical(null!, ["a"])).ParamName.ShouldBe("name");
        Should.Throw<ArgumentNullException>(() => Predictor.Categorical("x", null!)).ParamName.ShouldBe("values");
    }
}
