using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace MetaSpine.Tests;

/// <summary>The public surface as a text that a reviewer reads: what is added, renamed or lost shows in the change of one file.</summary>
public sealed class PublicApiTests
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    [EveryCultureFact]
    public void The_public_surface_is_the_one_that_was_read()
    {
        var text = new StringBuilder();
        foreach (var type in typeof(MetaAnalysis).Assembly.GetExportedTypes().OrderBy(Name, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"{Kind(type)} {Name(type)}{Bases(type)}\n");
            foreach (var member in Members(type).Order(StringComparer.Ordinal))
            {
                text.Append(CultureInfo.InvariantCulture, $"    {member}\n");
            }
        }

        Snapshot.Verify(text.ToString(), "txt");
    }

    private static IEnumerable<string> Members(Type type) => type.IsEnum
        ? type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => $"{field.Name} = {Convert.ToInt64(field.GetRawConstantValue(), CultureInfo.InvariantCulture)}")
        : type.GetMembers(Declared).Where(member => !IsMade(member)).Select(Describe).OfType<string>();

    /// <summary>What the compiler writes for records and the like is no choice of ours.</summary>
    private static bool IsMade(MemberInfo member) => member.IsDefined(typeof(CompilerGeneratedAttribute)) && member is not PropertyInfo
        || member.Name is "<Clone>$" or "EqualityContract" or "PrintMembers";

    private static string? Describe(MemberInfo member) => member switch
    {
        ConstructorInfo made when IsSeen(made) => $"new({Parameters(made)})",
        MethodInfo method when IsSeen(method) && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal)) =>
            $"{(method.IsStatic ? "static " : "")}{Name(method.ReturnType)} {method.Name}{Generics(method.GetGenericArguments())}({Parameters(method)})",
        PropertyInfo property when property.GetMethod is { } get && IsSeen(get) =>
            $"{(get.IsStatic ? "static " : "")}{Name(property.PropertyType)} {property.Name}{(property.GetIndexParameters().Length > 0 ? $"[{Parameters(get)}]" : "")}{(property.SetMethod is { } set && IsSeen(set) ? " { get; init; }" : "")}",
        FieldInfo field when field.IsPublic || field.IsFamily => $"{(field.IsLiteral ? "const " : field.IsStatic ? "static " : "")}{Name(field.FieldType)} {field.Name}",
        _ => null,
    };

    private static bool IsSeen(MethodBase method) => method.IsPublic || method.IsFamily;

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select((parameter, i) =>
        $"{(i == 0 && method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "")}{Name(parameter.ParameterType)} {parameter.Name}{(parameter.HasDefaultValue ? $" = {Convert.ToString(parameter.DefaultValue, CultureInfo.InvariantCulture) switch { null or "" => "default", var value => value }}" : "")}"));

    private static string Kind(Type type) => type switch
    {
        { IsEnum: true } => "enum",
        { IsInterface: true } => "interface",
        { IsValueType: true } => "struct",
        { IsAbstract: true, IsSealed: true } => "static class",
        { IsAbstract: true } => "abstract class",
        { IsSealed: true } => "sealed class",
        _ => "class",
    };

    private static string Bases(Type type)
    {
        if (type.IsEnum || type is { IsAbstract: true, IsSealed: true })
        {
            return "";
        }

        var inherited = type.BaseType?.GetInterfaces() ?? [];
        string[] bases =
        [
            .. type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType) ? [Name(parent)] : Array.Empty<string>(),
            .. type.GetInterfaces().Except(inherited).Where(one => one.IsVisible && !one.Name.StartsWith("IEquatable", StringComparison.Ordinal)).Select(Name).Order(StringComparer.Ordinal),
        ];
        return bases.Length == 0 ? "" : $" : {string.Join(", ", bases)}";
    }

    private static string Name(Type type)
    {
        if (type.IsByRef || type.IsArray || Nullable.GetUnderlyingType(type) is not null)
        {
            return type.IsByRef ? $"ref {Name(type.GetElementType()!)}" : type.IsArray ? $"{Name(type.GetElementType()!)}[]" : $"{Name(Nullable.GetUnderlyingType(type)!)}?";
        }

        var name = type.Name.Split('`')[0];
        return $"{(type.IsNested && !type.IsGenericParameter ? $"{Name(type.DeclaringType!)}." : "")}{name}{Generics(type.GetGenericArguments())}";
    }

    private static string Generics(Type[] arguments) => arguments.Length == 0 ? "" : $"<{string.Join(", ", arguments.Select(Name))}>";
}
