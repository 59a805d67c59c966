using System.Reflection;
using System.Xml.Linq;

namespace MetaSpine.Tests;

/// <summary>A public member says which exceptions it throws, by itself or in what it calls of the library's inside.</summary>
public sealed class ExceptionDocumentationTests
{
    private const BindingFlags Public = BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly Assembly Library = typeof(MetaAnalysis).Assembly;

    private static readonly Dictionary<string, XElement> Documentation = XDocument.Load(Path.ChangeExtension(Library.Location, ".xml"))
        .Descendants("member").ToDictionary(member => member.Attribute("name")!.Value, StringComparer.Ordinal);

    /// <summary>Thrown by the code that is called, but not for what these members give it.</summary>
    private static readonly string[] Impossible =
    [
        "M:MetaSpine.ModeratorValues.With(",                                              // a name that is there twice: it has just been taken out
        "M:MetaSpine.Omission.LeaveOneOut(",                                              // a count below 1, or too many choices: one study is left out
        "M:MetaSpine.ProfileLikelihood.ProfileLikelihoodInterval(MetaSpine.PooledResult", // a coefficient that there is not: it is the only one
    ];

    /// <summary>What need not be said: null where it is not allowed, and the end of a stream, which is caught where streams are read.</summary>
    private static readonly Type[] Understood = [typeof(ArgumentNullException), typeof(EndOfStreamException)];

    [Fact]
    public void Public_members_name_what_they_throw()
    {
        var looked = 0;
        var missing = new List<string>();
        foreach (var member in Library.GetExportedTypes().SelectMany(type => type.GetMembers(Public)))
        {
            var name = DocumentationName.Of(member);
            var code = member is PropertyInfo property ? property.GetMethod : member as MethodBase;
            if (code is null || !Documentation.ContainsKey(name) || Impossible.Any(begin => name.StartsWith(begin, StringComparison.Ordinal)))
            {
                continue;
            }

            looked++;
            missing.AddRange(ThrownExceptions.By(code, depth: 1).Where(type => type.IsVisible && !Understood.Contains(type))
                .Where(type => !Kinds(type).Any(kind => Named(name).Contains($"T:{kind.FullName}")))
                .Select(type => $"{name} throws {type.Name}"));
        }

        looked.ShouldBeGreaterThan(2000);
        missing.ShouldBeEmpty();
    }

    /// <summary>A type of exception and what it is a kind of: a member may say the kind.</summary>
    private static IEnumerable<Type> Kinds(Type? type)
    {
        for (; type is not null && type != typeof(Exception); type = type.BaseType)
        {
            yield return type;
        }
    }

    /// <summary>The exceptions that the documentation of a member names, followed to where it is inherited from.</summary>
    private static IEnumerable<string> Named(string name) => !Documentation.TryGetValue(name, out var member) ? []
        : member.Elements("exception").Select(exception => exception.Attribute("cref")!.Value)
            .Concat(member.Elements("inheritdoc").SelectMany(from => from.Attribute("cref") is { } cref ? Named(cref.Value) : []));
}
