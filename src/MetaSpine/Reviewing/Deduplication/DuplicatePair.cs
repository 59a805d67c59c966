namespace MetaSpine;

/// <summary>Two records and what is said of them.</summary>
/// <param name="First">The place of one record in the list that was given, from 0.</param>
/// <param name="Second">The place of the other.</param>
/// <param name="Rule">The rule that decided.</param>
/// <param name="Similarity">How much their fields agree.</param>
public sealed record DuplicatePair(int First, int Second, DuplicateRule Rule, FieldSimilarity Similarity);

/// <summary>How much two records agree, field by field, from 0 to 1; <see langword="null"/> where one of them lacks the field or the two cannot be compared.</summary>
public sealed record FieldSimilarity
{
    /// <summary>The titles: twice the pairs of neighbouring letters in common over all of them (Dice 1945, doi:10.2307/1932409), after folding.</summary>
    public required double? Title { get; init; }

    /// <summary>The authors: the first family name, or the share of family names in common where that is more.</summary>
    public required double? Authors { get; init; }

    /// <summary>The journals: 1 by ISSN or name, abbreviated or not, else the share of words in common.</summary>
    public required double? Journal { get; init; }

    /// <summary>The years: 1, or 0.5 for one year apart, or 0.</summary>
    public required double? Year { get; init; }

    /// <summary>The volumes, 0 or 1.</summary>
    public required double? Volume { get; init; }

    /// <summary>The issues, 0 or 1.</summary>
    public required double? Issue { get; init; }

    /// <summary>The first pages, 0 or 1.</summary>
    public required double? Pages { get; init; }

    /// <summary>The digital object identifiers, 0 or 1.</summary>
    public required double? Doi { get; init; }

    /// <summary>The PubMed numbers, 0 or 1.</summary>
    public required double? Pmid { get; init; }
}
