#:project ../../src/MetaSpine/MetaSpine.csproj
// Are small trials of the BCG vaccine different, or missing? From the root: dotnet run samples/scripts/publication-bias.cs
using MetaSpine;

var result = Review.Load("samples/bcg-vaccine.yaml").Analyse("risk-ratio").Pooled!;
Console.WriteLine(result);

// Asymmetry: the test that is advised for this measure, not one chosen after looking.
Console.WriteLine();
Console.WriteLine(result.TestSmallStudyEffects());

// Three corrections, each under assumptions of its own: read them together, not the one that suits.
var filled = result.TrimAndFill();
Console.WriteLine();
Console.WriteLine(filled);
Console.WriteLine();
Console.WriteLine(result.PetPeeseLimit());
Console.WriteLine();
Console.WriteLine(result.Selection(SelectionFunction.Step(0.025)));

// Hollow points are what trim and fill adds; the shades are regions of p.
File.WriteAllText("funnel.svg", FunnelPlot.Draw(filled, new() { Contours = true }).ToSvg());
Console.WriteLine();
Console.WriteLine("The funnel plot is in funnel.svg.");
