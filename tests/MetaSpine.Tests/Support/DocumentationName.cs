using System.Reflection;

namespace MetaSpine.Tests;

/// <summary>The names that the compiler writes into a documentation file.</summary>
internal static class DocumentationName
{
    public static string Of(MemberInfo member) => member switch
    {
        PropertyInfo property => $"P:{Of(property.DeclaringType!)}.{property.Name}{Of(property.GetIndexParameters())}",
        ConstructorInfo made => $"M:{Of(made.DeclaringType!)}.#ctor{Of(made.GetParameters())}",
        MethodInfo method => $"M:{Of(method.DeclaringType!)}.{method.Name}{(method.IsGenericMethod ? $"``{method.GetGenericArguments().Length}" : "")}{Of(method.GetParameters())}",
        _ => "",
    };

    private static string Of(ParameterInfo[] parameters) => parameters.Length == 0 ? "" : $"({string.Join(',', parameters.Select(parameter => Of(parameter.ParameterType)))})";

    private static string Of(Type type)
    {
        if (type.IsByRef)
        {
            return Of(type.GetElementType()!) + "@";
        }

        if (type.IsArray)
        {
            return Of(type.GetElementType()!) + "[]";
        }

        if (type.IsGenericParameter)
        {
            return $"{(type.DeclaringMethod is null ? "`" : "``")}{type.GenericParameterPosition}";
        }

        var scope = type.IsNested ? Of(type.DeclaringType!) : type.Namespace;
        return type.IsConstructedGenericType
            ? $"{scope}.{type.Name.Split('`')[0]}{{{string.Join(',', type.GetGenericArguments().Select(Of))}}}"
            : $"{scope}.{type.Name}";
    }
}
