#:project ../../src/MetaSpine/MetaSpine.csproj
// Pools proportions: one outcome of the spinal metastases review, with its forest plot. From the root: dotnet run samples/scripts/pool.cs
using MetaSpine;

var review = Review.Load("samples/spinal-metastases/review.yaml");
var result = review.Analyse("regained-ambulation");
Console.WriteLine(result);
File.WriteAllText("forest.svg", ForestPlot.Draw(result).ToSvg());
Console.WriteLine("The forest plot is in forest.svg.");
