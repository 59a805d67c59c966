namespace MetaSpine.Tests;

/// <summary>Finds duplicates in a test that can be stopped.</summary>
internal static class Duplicates
{
    public static DeduplicationResult In(IEnumerable<Reference> references, DeduplicationOptions? options = null) =>
        Deduplication.Of(references, options, cancellation: TestContext.Current.CancellationToken);
}
