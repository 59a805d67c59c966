namespace MetaSpine;

/// <summary>The formats in which Review Manager hands out a review.</summary>
public enum RevManFormat
{
    /// <summary>The XML of Review Manager 5, .rm5; stored results have all their digits.</summary>
    Rm5,

    /// <summary>The "data and analyses" that Review Manager 5 exports as CSV; stored results have eight decimals.</summary>
    Csv,

    /// <summary>The data package of RevMan Web, .zip; stored results have six decimals.</summary>
    DataPackage,
}

/// <summary>
/// A review as Review Manager holds it: its studies, its analyses with the data that were entered there, and the results that it stored
/// beside them. <see cref="ToReview"/> makes a review file of it, <see cref="Agreement"/> computes every stored result again.
/// </summary>
public sealed record RevManReview
{
    /// <summary>The file's name as it was given.</summary>
    public required string File { get; init; }

    /// <summary>The format of the file.</summary>
    public required RevManFormat Format { get; init; }

    /// <summary>The review's title; null where the file does not hold it (CSV, data package).</summary>
    public string? Title { get; init; }

    /// <summary>The included studies, in the order of the file.</summary>
    public required ValueList<RevManStudy> Studies { get; init; }

    /// <summary>The analyses, in the order of the file.</summary>
    public required ValueList<RevManAnalysis> Analyses { get; init; }

    /// <summary>What was left out or had to be decided, in sentences.</summary>
    public ValueList<string> Notes { get; init; } = [];

    /// <summary>Reads a file of Review Manager: .rm5, the CSV of its data and analyses, or a data package (.zip). What the file is is told by its content.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="StudyFileException">The file cannot be used; every fault has its line and column, and for a package the name of the entry.</exception>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    public static RevManReview Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return OpenedFile.Bytes(path, stream => Read(stream, path));
    }

    /// <summary>Reads the content of such a file. Nothing is written anywhere, a package is not unpacked to disk, and reading stops at a limit.</summary>
    /// <param name="stream">The content, from its beginning.</param>
    /// <param name="name">What error messages call it.</param>
    /// <exception cref="StudyFileException">The content cannot be used; every fault has its line and column, and for a package the name of the entry.</exception>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static RevManReview Read(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentException.ThrowIfNullOrEmpty(name);
        var bytes = BoundedBytes.Read(stream, BoundedBytes.LargestFile, name);
        return bytes switch
        {
            [] => throw new StudyFileException([new(new(name, 0, 0), "the file is empty: expected a review of RevMan (.rm5), its data and analyses (.csv) or its data package (.zip)")]),
            [(byte)'P', (byte)'K', ..] => RevManPackage.Read(bytes, name),
            _ when Rm5Document.Fits(bytes) => Rm5Reader.Read(bytes, name),
            _ => RevManCsv.Read(bytes, name),
        };
    }

    /// <summary>
    /// The same as a review of study files: every study with its numbers, one analysis for each of RevMan's with the settings that give
    /// RevMan's results.
    /// </summary>
    public Review ToReview() => RevManImport.Of(this).Review;

    /// <summary>Computes every stored result again, from the review that <see cref="ToReview"/> makes, and compares.</summary>
    public RevManAgreement Agreement() => RevManComparison.Of(this);
}

/// <summary>A study of a review in RevMan.</summary>
public sealed record RevManStudy
{
    /// <summary>Its name: "Smith 2006".</summary>
    public required string Name { get; init; }

    /// <summary>The year as RevMan holds it; null where it is empty.</summary>
    public string? Year { get; init; }

    /// <summary>Where its data come from, in RevMan's code: PUB, UNPUB, MIX, SOUGHT ...; null where the file does not say.</summary>
    public string? DataSource { get; init; }

    /// <summary>The report that RevMan marks as primary, else the first; null where the file holds none.</summary>
    public Citation? Citation { get; init; }

    /// <summary>Its other reports.</summary>
    public ValueList<Citation> Reports { get; init; } = [];

    /// <summary>The table of its characteristics: Methods, Participants, Interventions, Outcomes, Notes; empty parts are left out.</summary>
    public ValueList<RevManCharacteristic> Characteristics { get; init; } = [];

    /// <summary>The judgements of its risk of bias; those that are not made are left out.</summary>
    public ValueList<RevManJudgement> RiskOfBias { get; init; } = [];
}

/// <summary>A row of the table of a study's characteristics.</summary>
/// <param name="Name">What it is about: "Participants".</param>
/// <param name="Text">What it says, paragraphs on lines of their own.</param>
public sealed record RevManCharacteristic(string Name, string Text);

/// <summary>A judgement of a study's risk of bias.</summary>
/// <param name="Domain">The domain as RevMan prints it: "Allocation concealment (selection bias)".</param>
/// <param name="Judgement">low, high, unclear, some concerns, or the file's own word.</param>
/// <param name="Support">Why; null where nothing is said.</param>
public sealed record RevManJudgement(string Domain, string Judgement, string? Support);
