using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace MetaSpine.Tests;

/// <summary>A number that could be a ratio or its logarithm says which it is: at the member, or once for its whole type.</summary>
public sealed partial class ScaleDocumentationTests
{
    private static readonly string[] Names = ["Estimate", "StandardError", "Interval", "PredictionInterval", "Lower", "Upper", "MeanEstimate", "Slope", "Intercept"];

    private static readonly Dictionary<string, XElement> Documentation = XDocument.Load(Path.ChangeExtension(typeof(MetaAnalysis).Assembly.Location, ".xml"))
        .Descendants("member").ToDictionary(member => member.Attribute("name")!.Value, StringComparer.Ordinal);

    [Fact]
    public void Estimates_and_bounds_say_the_scale_that_they_are_on()
    {
        var numbers = typeof(MetaAnalysis).Assembly.GetExportedTypes()
            .SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(property => Names.Contains(property.Name)).ToList();
        numbers.Count.ShouldBeGreaterThan(100);
        numbers.Where(number => !Scale().IsMatch($"{Said(DocumentationName.Of(number))} {Documentation.GetValueOrDefault($"T:{number.DeclaringType}")?.Value}"))
            .Select(number => $"{number.DeclaringType!.Name}.{number.Name}").ShouldBeEmpty();
    }

    /// <summary>What a member says, itself or where it inherits it from.</summary>
    private static string Said(string name) => !Documentation.TryGetValue(name, out var member) ? ""
        : member.Element("inheritdoc") is null ? member.Value
        : member.Element("inheritdoc")!.Attribute("cref") is { } cref ? Said(cref.Value)
        : $"{Said($"P:{typeof(IPooledEffect)}{name[name.LastIndexOf('.')..]}")} {Documentation[$"T:{typeof(IPooledEffect)}"].Value}";

    [GeneratedRegex("scale|logarithm|risk ratio|odds|proportion|probabilit|percent|thousand|correlation|kappa|p-value")]
    private static partial Regex Scale();
}
