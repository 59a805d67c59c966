#:project ../../src/MetaSpine/MetaSpine.csproj
// Compares two arms: does aspirin after a heart attack prevent death? From the root: dotnet run samples/scripts/compare-arms.cs
using MetaSpine;

// Deaths and patients of seven trials (Fleiss JL. Statistical Methods in Medical Research 1993;2:121).
var trials = new EffectData(["MRC-1 1974", "CDP 1976", "MRC-2 1979", "GASP 1979", "PARIS 1980", "AMIS 1980", "ISIS-2 1988"])
{
    ["ai"] = [49, 44, 102, 32, 85, 246, 1570], ["n1i"] = [615, 758, 832, 317, 810, 2267, 8587],    // aspirin
    ["ci"] = [67, 64, 126, 38, 52, 219, 1720], ["n2i"] = [624, 771, 850, 309, 406, 2257, 8600],    // placebo
};

var effects = Measures.OR.Compute(trials);
var result = MetaAnalysis.Pool(effects);
Console.WriteLine(result);

// The same trials under other models: how much hangs on the choice?
Console.WriteLine();
foreach (var method in new[] { PoolingMethod.EE, PoolingMethod.DL, PoolingMethod.REML })
{
    var pooled = MetaAnalysis.Pool(effects, new PoolingOptions { Method = method }).Natural;
    Console.WriteLine(FormattableString.Invariant($"{method,-16} {pooled.Estimate:0.000} [{pooled.Interval.Lower:0.000}, {pooled.Interval.Upper:0.000}]"));
}

var combined = MantelHaenszel.Pool(Measures.OR, trials).Natural;
Console.WriteLine(FormattableString.Invariant($"{"Mantel-Haenszel",-16} {combined.Estimate:0.000} [{combined.Interval.Lower:0.000}, {combined.Interval.Upper:0.000}]"));

var picture = ForestPlot.Draw(result, new() { TreatmentHeading = "Aspirin", ControlHeading = "Placebo", FavoursLeft = "Favours aspirin", FavoursRight = "Favours placebo" });
File.WriteAllText("forest.svg", picture.ToSvg());
Console.WriteLine("The forest plot is in forest.svg.");
