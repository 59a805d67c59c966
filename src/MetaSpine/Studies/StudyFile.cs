using System.Diagnostics.CodeAnalysis;

namespace MetaSpine;

/// <summary>The two kinds of files.</summary>
public enum StudyFileKind
{
    /// <summary>One study: <c>schema: metaspine/study/1</c>.</summary>
    Study,

    /// <summary>A whole review: <c>schema: metaspine/review/1</c>.</summary>
    Review,
}

/// <summary>A file that holds a study or a review; its <c>schema</c> key says which.</summary>
public sealed class StudyFile
{
    internal const string StudyKind = "metaspine/study/1", ReviewKind = "metaspine/review/1";

    private StudyFile(Study? study, Review? review) => (Study, Review) = (study, review);

    /// <summary>The study, where the file holds one.</summary>
    public Study? Study { get; }

    /// <summary>The review, where the file holds one.</summary>
    public Review? Review { get; }

    /// <summary>Which of the two the file holds.</summary>
    public StudyFileKind Kind => Study is null ? StudyFileKind.Review : StudyFileKind.Study;

    /// <summary>Reads a file of either kind.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="StudyFileException">The file cannot be used; all faults are listed.</exception>
    public static StudyFile Load(string path) => TryLoad(path, out var file, out var faults) ? file : throw new StudyFileException(faults);

    /// <summary>Reads a file of either kind, without an exception where it has faults.</summary>
    /// <param name="path">The file.</param>
    /// <param name="file">What it holds.</param>
    /// <param name="faults">The faults; empty where there are none.</param>
    public static bool TryLoad(string path, [NotNullWhen(true)] out StudyFile? file, out IReadOnlyList<FileFault> faults)
    {
        ArgumentNullException.ThrowIfNull(path);
        var reading = new Reading(path, Path.GetDirectoryName(path));
        return TryRead(TextFile.Read(path, reading), reading, out file, out faults);
    }

    /// <summary>Reads a study: of a file where no text is given. A review is a fault, and the files that it names are not looked at.</summary>
    internal static bool TryStudy(string? text, string name, [NotNullWhen(true)] out Study? study, out IReadOnlyList<FileFault> faults)
    {
        ArgumentNullException.ThrowIfNull(name);
        var reading = new Reading(name, null) { ExpectsStudy = true };
        study = TryRead(text ?? TextFile.Read(name, reading), reading, out var file, out faults) ? file.Study : null;
        return study is not null;
    }

    /// <summary>Reads YAML text of either kind, without an exception where it has faults.</summary>
    /// <param name="text">The text of a study or review file.</param>
    /// <param name="name">The name that faults give as the file.</param>
    /// <param name="folder">The folder that a review's study files are relative to; without it the review may name none.</param>
    /// <param name="file">What the text holds.</param>
    /// <param name="faults">The faults; empty where there are none.</param>
    public static bool TryParse(
        string text, string name, string? folder, [NotNullWhen(true)] out StudyFile? file, out IReadOnlyList<FileFault> faults)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(name);
        return TryRead(text, new Reading(name, folder), out file, out faults);
    }

    /// <summary>The JSON Schema (draft 2020-12) of a kind of file, by which editors complete and check it.</summary>
    /// <param name="kind">The kind of file.</param>
    public static string JsonSchema(StudyFileKind kind) => kind == StudyFileKind.Study
        ? MetaSpine.JsonSchema.OfFile(StudyKind, "MetaSpine study file", MetaSpine.Study.Shape)
        : MetaSpine.JsonSchema.OfFile(ReviewKind, "MetaSpine review file", MetaSpine.Review.Shape);

    internal static bool TryReview(bool read, StudyFile? file, ref IReadOnlyList<FileFault> faults, [NotNullWhen(true)] out Review? review)
    {
        review = file?.Review;
        if (read && review is null)
            faults = [new(file!.Study!.Position, "this file holds a single study; expected a review (read it as a study)")];
        return review is not null;
    }

    internal static string Print(string kind, YamlMap written)
    {
        written.Entries.Insert(0, new("schema", default, new YamlScalar(kind, plain: true)));
        return YamlPrinter.Print(written);
    }

    /// <summary>The mapping without its schema key; a fault where that names another kind.</summary>
    internal static YamlNode WithoutSchema(YamlNode node, string kind, Reading reading)
    {
        if (node is not YamlMap map || map.Find("schema") is not { } schema)
            return node;
        if (schema.Value is not YamlScalar { Text: var found } || found != kind)
            reading.Wrong(schema.Value, kind);
        return new YamlMap(map.At, map.Entries.FindAll(e => e != schema));
    }

    private static bool TryRead(string? text, Reading reading, [NotNullWhen(true)] out StudyFile? file, out IReadOnlyList<FileFault> faults)
    {
        file = text is not null && YamlReader.Read(text, reading) is { } root ? Read(root, reading) : null;
        faults = reading.InOrder();
        if (faults.Count > 0)
            file = null;
        return file is not null;
    }

    private static StudyFile? Read(YamlNode root, Reading reading)
    {
        if (KindOf(root, reading) is not { } kind)
            return null;
        if (kind == ReviewKind && reading.ExpectsStudy)
        {
            reading.Fault(root.At, "this file holds a review; expected a single study (read it as a review)");
            return null;
        }
        var content = WithoutSchema(root, kind, reading);
        if (kind == StudyKind && MetaSpine.Study.Shape.TryRead(content, reading, out var study))
        {
            StudyRules.Check(study, reading);
            return new(study, null);
        }
        if (kind == ReviewKind && MetaSpine.Review.Shape.TryRead(content, reading, out var review))
        {
            ReviewRules.Check(review, reading);
            return new(null, review);
        }
        return null;
    }

    private static string? KindOf(YamlNode root, Reading reading)
    {
        const string expected = $"schema: {StudyKind} (one study) or schema: {ReviewKind} (a review)";
        if (root is not YamlMap map)
        {
            reading.Fault(root.At, $"found {root.Kind}, expected a study or review file, which begins with {expected}");
            return null;
        }
        if (map.Find("schema") is not { } schema)
        {
            var looks = map.Find("analyses") ?? map.Find("studies");
            reading.Fault(map.At, $"the key 'schema' is missing: begin the file with {expected}; "
                + $"from its keys it looks like a {(looks is null ? "study" : "review")}");
            return looks is null ? StudyKind : ReviewKind;
        }
        if (schema.Value is YamlScalar { Text: StudyKind or ReviewKind } known)
            return known.Text;
        reading.Fault(schema.Value.At, $"found {schema.Value.Kind}, expected {expected}");
        return null;
    }
}
