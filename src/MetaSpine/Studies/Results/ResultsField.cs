using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace MetaSpine;

/// <summary>The results of an outcome, whose keys depend on the outcome's type.</summary>
internal sealed class ResultsField() : Field<Outcome>("results", "What is reported: one entry for each group or arm and time.")
{
    /// <summary>Stands for a type that is missing or mistyped, until that fault ends the reading.</summary>
    internal const OutcomeType NoType = (OutcomeType)(-1);

    private static readonly (OutcomeType Type, Codec<OutcomeResult> Codec)[] Kinds =
    [
        (OutcomeType.Dichotomous, new As<DichotomousResult>(DichotomousResult.Shape)),
        (OutcomeType.Continuous, new As<ContinuousResult>(ContinuousResult.Shape)),
        (OutcomeType.TimeToEvent, new As<TimeToEventResult>(TimeToEventResult.Shape)),
        (OutcomeType.Rate, new As<RateResult>(RateResult.Shape)),
        (OutcomeType.Correlation, new As<CorrelationResult>(CorrelationResult.Shape)),
        (OutcomeType.Diagnostic, new As<DiagnosticResult>(DiagnosticResult.Shape)),
        (OutcomeType.Ordinal, new As<OrdinalResult>(OrdinalResult.Shape)),
        (OutcomeType.Estimate, new As<EstimateResult>(EstimateResult.Shape)),
    ];

    internal override Outcome Read(Outcome record, YamlNode node, Reading reading) =>
        Array.Find(Kinds, k => k.Type == record.Type).Codec is { } codec
            && new ListCodec<OutcomeResult>(codec).TryRead(node, reading, out var results) ? record with { Results = results } : record;

    internal override YamlNode? Write(Outcome record) => record.Results.Count == 0 ? null
        : new ListCodec<OutcomeResult>(Array.Find(Kinds, k => k.Type == record.Type).Codec).Write(record.Results);

    protected override JsonObject ValueSchema(SchemaDefinitions definitions) => new() { ["type"] = "array" };

    internal override void Extend(JsonObject recordSchema, SchemaDefinitions definitions)
    {
        var cases = new JsonArray();
        foreach (var (type, codec) in Kinds)
            cases.Add((JsonNode)new JsonObject
            {
                ["if"] = new JsonObject
                {
                    ["properties"] = new JsonObject { ["type"] = new JsonObject { ["const"] = Outcome.Types.Word(type) } },
                    ["required"] = JsonSchema.Words(["type"]),
                },
                ["then"] = new JsonObject
                {
                    ["properties"] = new JsonObject { ["results"] = new JsonObject { ["items"] = codec.Schema(definitions) } },
                },
            });
        recordSchema["allOf"] = cases;
    }

    /// <summary>A shape of one kind of result, used where any kind may stand.</summary>
    private sealed class As<R>(Shape<R> shape) : Codec<OutcomeResult> where R : OutcomeResult
    {
        internal override string Expected => shape.Expected;

        internal override bool TryRead(YamlNode node, Reading reading, [MaybeNullWhen(false)] out OutcomeResult value)
        {
            var ok = shape.TryRead(node, reading, out var read);
            value = read;
            return ok;
        }

        internal override YamlNode Write(OutcomeResult value) => value is R result ? shape.Write(result)
            : throw new InvalidOperationException($"A {value.GetType().Name} stands among the results of another type of outcome.");

        internal override JsonObject Schema(SchemaDefinitions definitions) => shape.Schema(definitions);
    }
}
