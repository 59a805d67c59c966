namespace MetaSpine.Tests;

/// <summary>The examples of docs/meta-regression.md, as they stand there.</summary>
public sealed class MetaRegressionPageTests
{
    [EveryCultureFact]
    public void The_examples_of_the_page_run()
    {
        var effects = RegressionPeers.Effects;
        var latitude = RegressionPeers.Numbers("ablat");
        var allocation = RegressionPeers.Texts("alloc");

        Predictor[] moderators =
        [
            Predictor.Numeric("ablat", latitude),       // one value per study, NaN where missing
            Predictor.Categorical("alloc", allocation), // null where missing
        ];
        var result = MetaAnalysis.Regress(effects, "~ ablat + alloc", moderators);
        var there = result.Predict(("ablat", 33.5), ("alloc", "random"));
        result.TermTests.Count.ShouldBe(2);
        result.PairwiseDifferences("alloc", Multiplicity.Holm).Contrasts.Count.ShouldBe(3);
        result.MarginalMeans("alloc").Count.ShouldBe(3);
        result.Contrasts([LinearCombination.Of("random vs systematic", ("allocrandom", 1), ("allocsystematic", -1))]).Joint.ShouldNotBeNull();
        result.VarianceInflations.Count.ShouldBe(2);
        there.Notes.ShouldBeEmpty();

        var ml = new PoolingOptions { Method = PoolingMethod.ML };
        var small = MetaAnalysis.Regress(effects, "~ ablat", moderators, ml);
        var large = MetaAnalysis.Regress(effects, "~ ablat + alloc", moderators, ml);
        var comparison = ModelComparison.LikelihoodRatio(small, large);
        var all = Multimodel.AllSubsets(effects, Formula.Parse("~ ablat + alloc"), moderators); // AICc weights, averaged coefficients
        comparison.DegreesOfFreedom.ShouldBe(2);
        all.Models.Count.ShouldBe(4);

        var subgroups = Subgroups.Pool(effects, allocation, tau2: SubgroupTau2.Common, name: "alloc");
        subgroups.Groups.Count.ShouldBe(3);

        var model = LocationScale.Fit(effects, Formula.Parse("~ 1"), Formula.Parse("~ ablat"), moderators);
        model.Tau2At(ModeratorValues.Of(("ablat", 20))).Tau2.ShouldBeGreaterThan(0);
    }

    /// <summary>Every formula in the page's table is read, and those of the BCG trials' moderators make a design.</summary>
    [EveryCultureFact]
    public void The_formulas_of_the_page_are_read()
    {
        var page = File.ReadAllLines(Path.Combine(TestFiles.RepositoryRoot, "src", "MetaSpine", "docs", "meta-regression.md"));
        var formulas = page.Where(line => line.StartsWith("| `", StringComparison.Ordinal)).SelectMany(line => line.Split('|')[1].Split('`').Where((_, i) => i % 2 == 1)).ToList();
        formulas.Count.ShouldBeGreaterThan(12);
        foreach (var formula in formulas)
        {
            var parsed = Formula.Parse(formula);
            if (parsed.Moderators.All(name => RegressionPeers.Moderators.Any(moderator => moderator.Name == name)))
            {
                parsed.Design(RegressionPeers.Moderators).RowCount.ShouldBe(13);
            }
        }
    }

    /// <summary>Every line of C# in the page stands in this file, so that it compiles.</summary>
    [EveryCultureFact]
    public void The_code_of_the_page_is_the_code_of_this_test()
    {
        var page = File.ReadAllLines(Path.Combine(TestFiles.RepositoryRoot, "src", "MetaSpine", "docs", "meta-regression.md"));
        var tested = File.ReadAllText(TestFiles.Path("Pooling/Regression/MetaRegressionPageTests.cs"));
        var inCode = false;
        foreach (var line in page)
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                inCode = !inCode;
            }
            else if (inCode && !line.StartsWith("//", StringComparison.Ordinal) && line.Trim().Length > 1)
            {
                tested.ShouldContain(line.Split(';')[0].Trim());
            }
        }
    }
}
