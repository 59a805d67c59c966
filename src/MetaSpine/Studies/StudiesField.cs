using System.Text.Json.Nodes;

namespace MetaSpine;

/// <summary>The studies of a review: written out in it, or named by file or pattern.</summary>
internal sealed class StudiesField()
    : Field<Review>("studies", "The studies: each written out, or the name or pattern of their files (studies/*.yaml).")
{
    /// <summary>A review that is still being searched and screened has none.</summary>
    internal override bool IsRequiredIn(Review record) => record.Flow is null && record.Screening.Count == 0;

    internal override void Extend(JsonObject recordSchema, SchemaDefinitions definitions) =>
        recordSchema["anyOf"] = new JsonArray([.. new[] { Key, "flow", "screening" }.Select(key => new JsonObject { ["required"] = JsonSchema.Words([key]) })]);

    internal override Review Read(Review record, YamlNode node, Reading reading)
    {
        if (node is not YamlList { Items.Count: > 0 } list)
        {
            reading.Fault(node.At, $"found {(node is YamlList ? "an empty list" : node.Kind)}, expected the studies or the names of their files; "
                + "write them between [ and ], or begin each with '- '");
            return record;
        }
        var studies = new List<Study>();
        var files = new List<string>();
        foreach (var item in list.Items)
        {
            if (item is YamlScalar)
            {
                if (Codecs.Text.TryRead(item, reading, out var pattern))
                {
                    files.Add(pattern);
                    studies.AddRange(reading.Studies(pattern, item.At));
                }
            }
            else if (Study.Shape.TryRead(StudyFile.WithoutSchema(item, StudyFile.StudyKind, reading), reading, out var study))
            {
                StudyRules.Check(study, reading);
                studies.Add(study);
            }
        }
        return record with { StudyFiles = files.ToValueList(), Studies = studies.ToValueList() };
    }

    internal override YamlNode? Write(Review record)
    {
        var items = new List<YamlNode>();
        foreach (var file in record.StudyFiles)
            items.Add(new YamlScalar(file, plain: false));
        foreach (var study in record.Studies)
            if (record.StudyFiles.Count == 0 || study.Position.File is null || study.Position.File == record.Position.File)
                items.Add(Study.Shape.Write(study));
        return items.Count == 0 ? null : new YamlList(default, items);
    }

    protected override JsonObject ValueSchema(SchemaDefinitions definitions) => new()
    {
        ["type"] = "array",
        ["items"] = new JsonObject
        {
            ["anyOf"] = new JsonArray(new JsonObject { ["type"] = "string" }, Study.Shape.Schema(definitions)),
        },
    };
}
