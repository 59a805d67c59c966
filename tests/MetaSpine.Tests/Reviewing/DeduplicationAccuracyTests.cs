namespace MetaSpine.Tests;

/// <summary>Duplicates against the labels that people gave two libraries.</summary>
public sealed class DeduplicationAccuracyTests
{
    [Theory]
    [InlineData("copper", 505, 281)]
    [InlineData("tafenoquine", 179, 114)]
    public void Labelled_libraries_are_deduplicated_as_people_did(string name, int records, int labelled)
    {
        var library = ReferenceFile.Load(SharedInputs.Path($"dedup-labelled/{name}.xml"));
        library.References.Count.ShouldBe(records);
        var accuracy = Duplicates.In(library.References).Accuracy(reference => reference.Other.Any(field => field.Tag == "caption" && field.Text == "Duplicate"));
        (accuracy.TruePositives + accuracy.Missed.Count).ShouldBe(labelled);
        var wrong = string.Join('\n', accuracy.Missed.Select(i => $"missed {library.References[i].Id} {library.References[i].Title}").Concat(accuracy.Wrong.Select(i => $"wrong {library.References[i].Id} {library.References[i].Title}")));
        accuracy.Sensitivity!.Value.ShouldBeGreaterThanOrEqualTo(0.995, wrong);
        accuracy.Specificity!.Value.ShouldBeGreaterThanOrEqualTo(0.998, wrong);
    }
}
