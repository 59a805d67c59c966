#:project ../../src/MetaSpine/MetaSpine.csproj
// Explains heterogeneity: does the BCG vaccine protect better far from the equator? From the root: dotnet run samples/scripts/meta-regression.cs
using MetaSpine;

var review = Review.Load("samples/bcg-vaccine.yaml");
var regression = review.Analyse("latitude").Regression!;
Console.WriteLine(regression);

// What does the model expect in Madras (13 degrees) and in Boston (42)?
Console.WriteLine();
foreach (var (place, latitude) in new[] { ("Madras", 13.0), ("Boston", 42.0) })
{
    var there = regression.Predict(("latitude", latitude)).Natural;
    Console.WriteLine(FormattableString.Invariant(
        $"{place}: risk ratio {there.Estimate:0.00} [{there.Interval.Lower:0.00}, {there.Interval.Upper:0.00}]"));
}
