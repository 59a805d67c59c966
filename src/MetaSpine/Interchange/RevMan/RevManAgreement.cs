using System.Text.Json;

namespace MetaSpine;

/// <summary>The results that Review Manager stored, each beside the same result computed again.</summary>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed record RevManAgreement : Reportable
{
    /// <summary>The review's title, or else the name of its file.</summary>
    public required string Name { get; init; }

    /// <summary>The format of the file, which says with how many decimals its results are stored.</summary>
    public required RevManFormat Format { get; init; }

    /// <summary>Every stored result, in the order of the analyses: the total, the subgroups, the studies.</summary>
    public required IReadOnlyList<RevManCheck> Checks { get; init; }

    /// <summary>The analyses for which RevMan stored no result, and those that could not be computed, in sentences.</summary>
    public required IReadOnlyList<string> Unchecked { get; init; }

    /// <summary>How many stored results come out again within 1e-8 of their size.</summary>
    public int Same => Checks.Count(check => check.IsSame);

    /// <summary>How many more do so within half a unit of the last decimal that the format stores.</summary>
    public int SameAsStored => Checks.Count(check => check is { IsSame: false, IsSameAsStored: true });

    /// <summary>Those that do neither.</summary>
    public IEnumerable<RevManCheck> Different => Checks.Where(check => !check.IsSameAsStored);

    /// <summary>The agreement in one sentence.</summary>
    public string Summary
    {
        get
        {
            var analyses = Checks.Select(check => check.Analysis).Distinct(StringComparer.Ordinal).Count();
            var different = Checks.Count - Same - SameAsStored;
            var decimals = Format == RevManFormat.Csv ? "eight" : "six";
            return Checks.Count == 0 ? "No result is stored in the file."
                : FormattableString.Invariant($"Of {Checks.Count} stored results of {analyses} {(analyses == 1 ? "analysis" : "analyses")}, {Same} come out again within 1e-8 of their size")
                + (Format == RevManFormat.Rm5 ? "" : FormattableString.Invariant($", {SameAsStored} more within the {decimals} decimals that the file has"))
                + (different == 0 ? "." : FormattableString.Invariant($"; {different} {(different == 1 ? "differs" : "differ")}."));
        }
    }

    /// <inheritdoc/>
    internal override ReportParts Parts => RevManReport.Parts(this);

    /// <inheritdoc/>
    internal override Table Rows => RevManReport.Exact(this);

    /// <inheritdoc/>
    internal override void Write(Utf8JsonWriter writer) => RevManReport.Write(writer, this);
}

/// <summary>A stored result beside the one computed again.</summary>
public sealed record RevManCheck
{
    /// <summary>RevMan's stored decimals end here: half a unit of the last.</summary>
    internal double HalfUnit { get; init; }

    /// <summary>The analysis's number.</summary>
    public required string Analysis { get; init; }

    /// <summary>Its name.</summary>
    public required string Title { get; init; }

    /// <summary>The subgroup; null for a result of the whole analysis.</summary>
    public string? Subgroup { get; init; }

    /// <summary>The study; null for a pooled result.</summary>
    public string? Study { get; init; }

    /// <summary>What the number is.</summary>
    public required RevManQuantity Quantity { get; init; }

    /// <summary>What RevMan stored.</summary>
    public required double Stored { get; init; }

    /// <summary>What is computed; null where it cannot be.</summary>
    public required double? Computed { get; init; }

    /// <summary>Computed less stored; null where nothing is computed.</summary>
    public double? Difference => Computed - Stored;

    /// <summary>Whether the two agree within 1e-8 of the stored size, or within 1e-8 of a stored zero.</summary>
    public bool IsSame => Difference is { } difference && Math.Abs(difference) <= 1e-8 * (Stored == 0 ? 1 : Math.Abs(Stored));

    /// <summary>Whether they agree so, or within half a unit of the last decimal that the format stores.</summary>
    public bool IsSameAsStored => IsSame || (Difference is { } difference && Math.Abs(difference) <= HalfUnit * (1 + 1e-6));
}
