#:project ../../src/MetaSpine/MetaSpine.csproj
// Pools a table of your own. From the root: dotnet run samples/scripts/own-csv.cs -- my-trials.csv OR
using MetaSpine;

var path = args.Length > 0 ? args[0] : "samples/scripts/aspirin.csv";
var measure = Measures.Find(args.Length > 1 ? args[1] : "RR");

// Column names such as "event.e" or "Events control" are recognised; others are named: table.WithColumns(new Dictionary<string, string> { ["ai"] = "died" }).
var table = StudyTable.ReadCsv(path);
var effects = measure.Compute(table.Data(measure));
Console.WriteLine(effects);
Console.WriteLine(MetaAnalysis.Pool(effects));
