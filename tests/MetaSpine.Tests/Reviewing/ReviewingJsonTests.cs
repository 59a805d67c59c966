using System.Text.Json;

namespace MetaSpine.Tests;

/// <summary>Two extractions and a deduplication as JSON say what their results hold.</summary>
public sealed class ReviewingJsonTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("metaspine").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [EveryCultureFact]
    public void A_comparison_of_two_extractions()
    {
        const string Study = "schema: metaspine/study/1\nid: s1\npopulation: {enrolled: 32, condition: metastases}\n";
        var (a, b) = (Path.Combine(_folder, "a.yaml"), Path.Combine(_folder, "b.yaml"));
        File.WriteAllText(a, Study);
        File.WriteAllText(b, Study.Replace("32, condition: metastases", "33", StringComparison.Ordinal));
        var comparison = ExtractionComparison.Load(a, b);
        var json = JsonDocument.Parse(Report.Json(comparison)).RootElement;
        json.GetProperty("a").GetString().ShouldBe(comparison.A);
        json.GetProperty("fields").GetInt32().ShouldBe(comparison.Fields);
        json.GetProperty("agreed").GetInt32().ShouldBe(comparison.Agreed);
        json.GetProperty("both").GetInt32().ShouldBe(comparison.Agreement.Sum(group => group.Both));
        var differences = json.GetProperty("differences").EnumerateArray().ToList();
        differences.Select(one => one.GetProperty("path").GetString()).ShouldBe(["population.enrolled", "population.condition"]);
        differences.Select(one => one.GetProperty("difference").GetString()).ShouldBe(["different", "only A"]);
        differences[0].GetProperty("field").GetString().ShouldBe("number");
        differences[0].GetProperty("a").GetString().ShouldBe("32");
        differences[0].GetProperty("b").GetString().ShouldBe("33");
        differences[0].GetProperty("atB").GetString()!.ShouldEndWith("b.yaml:3:24");
        differences[1].GetProperty("b").ValueKind.ShouldBe(JsonValueKind.Null);
        var numbers = json.GetProperty("agreement").EnumerateArray().Single(group => group.GetProperty("kind").GetString() == "number");
        numbers.GetProperty("meanAbsoluteDifference").GetDouble().ShouldBe(1);
        numbers.GetProperty("kappa").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [EveryCultureFact]
    public void A_deduplication()
    {
        var full = new Reference
        {
            Type = ReferenceType.JournalArticle, Title = "Decompressive surgery for spinal metastases: a prospective cohort study", Authors = [new("Hartmann", "Jana")],
            Container = "Journal of Spinal Oncology", Year = 2014, Volume = "21", Issue = "3", Pages = "301-309", Doi = "10.5555/jso.2014.301",
        };
        var result = Deduplication.Of([full, full with { Doi = null }, full with { Title = "Stereotactic radiosurgery of the sacrum", Doi = null, Pages = "1-9", Authors = [new("Ito", "Mika")] }],
            cancellation: TestContext.Current.CancellationToken);
        var json = JsonDocument.Parse(Report.Json(result)).RootElement;
        (json.GetProperty("records").GetInt32(), json.GetProperty("unique").GetInt32(), json.GetProperty("removed").GetInt32()).ShouldBe((3, 2, 1));
        var cluster = json.GetProperty("clusters").EnumerateArray().Single();
        cluster.GetProperty("members").EnumerateArray().Select(member => member.GetInt32()).ShouldBe([0, 1]);
        cluster.GetProperty("kept").GetInt32().ShouldBe(result.Clusters.Single().Kept);
        var merge = cluster.GetProperty("merges").EnumerateArray().Single();
        (merge.GetProperty("first").GetInt32(), merge.GetProperty("second").GetInt32()).ShouldBe((0, 1));
        merge.GetProperty("reason").GetString().ShouldBe(result.Clusters.Single().Merges.Single().Rule.Meaning);
        merge.GetProperty("title").GetDouble().ShouldBe(1);
        json.GetProperty("questions").GetArrayLength().ShouldBe(0);
    }
}
