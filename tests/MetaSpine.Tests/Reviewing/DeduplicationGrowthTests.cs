using MetaSpine.Benchmarks;

namespace MetaSpine.Tests;

/// <summary>What finding duplicates costs, counted in comparisons, which do not depend on the machine.</summary>
public sealed class DeduplicationGrowthTests
{
    /// <summary>A block of records is compared whole up to 60 of them, and beyond with 20 neighbours in two orders; a record stands in eight blocks.</summary>
    private const int MostPerRecord = 8 * 40;

    public static TheoryData<string, Func<Reference, int, Reference>> Hostile => new()
    {
        { "a library like others", (record, _) => record },
        { "one title", (record, _) => record with { Title = "Editorial" } },
        { "one identifier", (record, _) => record with { Doi = "10.5555/one" } },
        { "one author in one year on one page", (record, _) => record with { Authors = [new("Li")], Year = 2020, Volume = "1", Pages = "1", Doi = null, Pmid = null } },
        { "everything but the title's middle", (record, i) => record with { Title = FormattableString.Invariant($"Surgery for the metastases of {i * 7919} patients from a cohort study"), Authors = [new("Li")], Year = 2020, Volume = "1", Pages = "1", Doi = "10.5555/one", Pmid = null } },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Comparisons_grow_with_the_records_and_not_with_their_square(string name, Func<Reference, int, Reference> change)
    {
        var features = SyntheticLibrary.Of(2_000, 3).Select(change).Select(ReferenceFeatures.Of).OrderBy(record => record.Key, StringComparer.Ordinal).ToList();
        var pairs = CandidatePairs.Of(features);
        pairs.Distinct().Count().ShouldBe(pairs.Length);
        pairs.All(pair => pair >> 32 < (uint)pair).ShouldBeTrue();
        pairs.Length.ShouldBeLessThan(features.Count * MostPerRecord, name);
    }

    /// <summary>The generator knows which records are one report: all of them are found and no others are merged.</summary>
    [Fact]
    public void A_synthetic_library_is_taken_apart()
    {
        var records = SyntheticLibrary.Of(4_000, 5);
        var result = Duplicates.In(records);
        foreach (var cluster in result.Clusters)
        {
            cluster.Members.Select(member => records[member].Id).Distinct().Count().ShouldBe(1, string.Join('\n', cluster.Merges) + string.Join('\n', cluster.Members.Select(member => records[member])));
        }

        result.Unique.Count.ShouldBe(records.Select(record => record.Id).Distinct().Count());
        result.Questions.ShouldBeEmpty();
    }

    /// <summary>Thousands of copies of one record are one report, or as many questions as there are copies, and not as there are pairs.</summary>
    [Fact]
    public void Copies_of_one_record_are_one_report()
    {
        var record = SyntheticLibrary.Of(1, 1)[0];
        var result = Duplicates.In(Enumerable.Range(0, 2_000).Select(i => record with { Abstract = FormattableString.Invariant($"{i}") }));
        result.Clusters.ShouldHaveSingleItem().Members.Count.ShouldBe(2_000);
        result.Unique.Count.ShouldBe(1);
        Duplicates.In(Enumerable.Repeat(new Reference { Title = "Surgery for metastases of the spine and the pelvis" }, 2_000)).ShouldSatisfyAllConditions(
            alone => alone.Clusters.ShouldBeEmpty(), alone => alone.Questions.Count.ShouldBe(1_999));
    }
}
