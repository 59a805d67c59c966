using System.Numerics;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace MetaSpine.Tests;

/// <summary>What is called without an argument that it needs says so: it neither crashes nor answers.</summary>
public sealed class NullArgumentTests
{
    private static readonly NullabilityInfoContext Nullability = new();

    [Fact]
    public void Null_is_refused_where_it_is_not_allowed()
    {
        var (looked, named) = (0, 0);
        var wrong = new List<string>();
        foreach (var type in typeof(MetaAnalysis).Assembly.GetExportedTypes().Where(type => !type.IsGenericTypeDefinition))
        {
            foreach (var method in Methods(type))
            {
                var parameters = method.GetParameters();
                foreach (var parameter in parameters.Where(IsNeeded))
                {
                    looked++;
                    var outcome = Outcome(method, [.. parameters.Select(other => other == parameter ? null : Plausible(other))]);
                    named += outcome is ArgumentNullException refusal && refusal.ParamName == parameter.Name ? 1 : 0;
                    if (outcome is not ArgumentException)
                    {
                        wrong.Add($"{type.Name}.{method.Name}, {parameter.Name}: {outcome?.GetType().Name ?? "answers"}");
                    }
                }
            }
        }

        looked.ShouldBeGreaterThan(400);

        // The others are codes that are not known, go by the name of what is called, or stand beside something that cannot be made here.
        named.ShouldBeGreaterThanOrEqualTo(371);
        wrong.ShouldBeEmpty();
    }

    /// <summary>What can be called without an object; records only hold what they are given.</summary>
    private static IEnumerable<MethodBase> Methods(Type type)
    {
        IEnumerable<MethodBase> methods = type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(method => !method.IsSpecialName && !method.IsGenericMethodDefinition);
        var isHolder = type.IsValueType || type.IsAbstract || type.GetMethod("<Clone>$") is not null || type.IsAssignableTo(typeof(Exception));
        return isHolder ? methods : methods.Concat(type.GetConstructors());
    }

    private static bool IsNeeded(ParameterInfo parameter) =>
        !parameter.ParameterType.IsValueType && !parameter.ParameterType.IsByRef && Nullability.Create(parameter).WriteState == NullabilityState.NotNull;

    private static Exception? Outcome(MethodBase method, object?[] arguments)
    {
        try
        {
            _ = method is ConstructorInfo constructor ? constructor.Invoke(arguments) : method.Invoke(null, arguments);
            return null;
        }
        catch (TargetInvocationException e)
        {
            return e.InnerException;
        }
    }

    /// <summary>A value that the member would not refuse before it comes to the one that is missing.</summary>
    private static object? Plausible(ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        return parameter.Name == "formula" && type == typeof(string) ? "~ 1"
            : parameter.HasDefaultValue && parameter.DefaultValue is { } value ? type.IsEnum ? Enum.ToObject(type, value) : value
            : parameter.HasDefaultValue && !type.IsValueType ? null
            : Known.TryGetValue(type, out var known) ? known
            : type.IsArray ? Array.CreateInstance(type.GetElementType()!, 0)
            : type.IsByRef || type.IsAssignableTo(typeof(Delegate)) || type.IsInterface || type.IsAbstract ? null
            : RuntimeHelpers.GetUninitializedObject(type);
    }

    private static readonly Dictionary<Type, object> Known = new()
    {
        [typeof(string)] = "0.5",
        [typeof(double)] = 0.5,
        [typeof(int)] = 20,
        [typeof(long)] = 20L,
        [typeof(BigInteger)] = new BigInteger(20),
        [typeof(TextReader)] = TextReader.Null,
        [typeof(TextWriter)] = TextWriter.Null,
        [typeof(Stream)] = Stream.Null,
        [typeof(Measure)] = Measures.OR,
        [typeof(EffectSizes)] = Measures.GEN.Compute(new EffectData { ["yi"] = [0.1, 0.3, 0.5], ["vi"] = [0.1, 0.2, 0.1] }),
        [typeof(PooledResult)] = MetaAnalysis.Pool([0.1, 0.3, 0.5], [0.1, 0.2, 0.1]),
        [typeof(ModelResult)] = MetaAnalysis.Pool([0.1, 0.3, 0.5], [0.1, 0.2, 0.1]),
        [typeof(IPooledEffect)] = MetaAnalysis.Pool([0.1, 0.3, 0.5], [0.1, 0.2, 0.1]),
        [typeof(IReadOnlyList<double>)] = new[] { 0.1, 0.3, 0.5 },
        [typeof(IReadOnlyList<string>)] = new[] { "a", "b", "c" },
        [typeof(Review)] = new Review(),
        [typeof(Study)] = new Study { Id = "a" },
    };
}
