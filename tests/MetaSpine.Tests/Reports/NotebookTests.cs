using System.Collections;
using System.Reflection;

namespace MetaSpine.Tests;

/// <summary>
/// .NET Interactive finds formatters by the names and shapes that are checked here, and only when a user opens a notebook: no
/// compiler would notice that one has changed.
/// </summary>
public sealed class NotebookTests
{
    private static readonly PooledResult Result = MetaAnalysis.Pool([1, 2, 3], [1, 1, 1]);

    /// <summary>The attribute is not inherited, so that each kind of result must have its own.</summary>
    public static TheoryData<Type> ResultTypes =>
        [.. typeof(Reportable).Assembly.GetExportedTypes().Where(type => !type.IsAbstract && (type.IsAssignableTo(typeof(Reportable)) || type.GetMethod("ToHtml", Type.EmptyTypes) is not null))];

    [Theory]
    [MemberData(nameof(ResultTypes))]
    public void The_attribute_is_found_by_its_name_and_leads_to_formatters(Type type)
    {
        var attribute = type.GetCustomAttributes(inherit: true).Single(a => a.GetType().Name == "TypeFormatterSourceAttribute");
        var source = (Type)attribute.GetType().GetProperty("FormatterSourceType")!.GetValue(attribute)!;
        source.GetConstructor(Type.EmptyTypes).ShouldNotBeNull();
        source.GetMethods().Count(method => method.Name == "CreateTypeFormatters").ShouldBe(1);
        ((MethodInfo)source.GetMember("CreateTypeFormatters").Single()).IsStatic.ShouldBeFalse();
    }

    [Theory]
    [MemberData(nameof(ResultTypes))]
    public void Verso_finds_a_method_without_parameters_that_returns_html(Type type)
    {
        var method = type.GetMethod("ToHtml", BindingFlags.Public | BindingFlags.Instance, Type.EmptyTypes).ShouldNotBeNull();
        method.ReturnType.ShouldBe(typeof(string));
    }

    [Fact]
    public void Each_formatter_writes_its_kind_and_refuses_what_it_does_not_know()
    {
        var source = new NotebookFormatters();
        var formatters = ((IEnumerable)source.GetType().GetMethod("CreateTypeFormatters")!.Invoke(source, null)!).Cast<object>().ToList();
        var shown = formatters.ToDictionary(f => (string)f.GetType().GetProperty("MimeType")!.GetValue(f)!, f => Show(f, Result));
        shown["text/html"].ShouldBe(Result.ToHtml());
        shown["text/markdown"].ShouldBe(Result.ToMarkdown());
        shown["text/plain"].ShouldBe(Result.ToString());
        formatters.ShouldAllBe(f => Show(f, "something else") == null);
    }

    [EveryCultureFact]
    public void A_report_shows_itself_in_a_frame_that_nothing_leaves()
    {
        INotebookDisplay report = ReviewReport.Of(new Review { Title = "\"><script>alert(1)</script>" });
        report.ToHtml().ShouldStartWith("<iframe srcdoc=\"&lt;!doctype html&gt;");
        report.ToHtml().ShouldNotContain("<script");
        report.ToHtml().Count(character => character == '<').ShouldBe(2);
    }

    private static string? Show(object formatter, object value)
    {
        var method = (MethodInfo)formatter.GetType().GetMember("Format").Single();
        method.ReturnType.ShouldBe(typeof(bool));
        method.GetParameters().Select(p => p.ParameterType).ShouldBe([typeof(object), typeof(TextWriter)]);
        var writer = new StringWriter();
        return (bool)method.Invoke(formatter, [value, writer])! ? writer.ToString() : null;
    }
}
