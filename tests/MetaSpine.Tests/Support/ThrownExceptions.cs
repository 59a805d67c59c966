using System.Reflection;
using System.Reflection.Emit;

namespace MetaSpine.Tests;

/// <summary>The exceptions that a method creates and throws, read from its code.</summary>
internal static class ThrownExceptions
{
    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    /// <param name="method">A method of the library.</param>
    /// <param name="depth">How many calls of what is not public are followed.</param>
    public static IReadOnlySet<Type> By(MethodBase method, int depth)
    {
        var thrown = new HashSet<Type>();
        Type? made = null;
        foreach (var (code, token) in Instructions(method))
        {
            if (code == OpCodes.Throw && made is not null)
            {
                thrown.Add(made);
            }

            made = null;
            if (code.OperandType != OperandType.InlineMethod || Resolve(method, token) is not { } used)
            {
                continue;
            }

            if (typeof(Exception).IsAssignableFrom(used.DeclaringType))
            {
                made = code == OpCodes.Newobj ? used.DeclaringType : null;
                if (used.Name.StartsWith("ThrowIf", StringComparison.Ordinal))
                {
                    thrown.Add(used.DeclaringType);
                }
            }
            else if (depth > 0 && used.Module == method.Module && !used.IsPublic)
            {
                thrown.UnionWith(By(used, depth - 1));
            }
        }

        return thrown;
    }

    private static MethodBase? Resolve(MethodBase method, int token) => method.Module.ResolveMethod(
        token, method.DeclaringType!.GetGenericArguments(), method.IsGenericMethod ? method.GetGenericArguments() : null);

    private static IEnumerable<(OpCode Code, int Token)> Instructions(MethodBase method)
    {
        var bytes = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        for (var i = 0; i < bytes.Length;)
        {
            var code = Codes[bytes[i] == 0xFE ? (short)(0xFE00 | bytes[i + 1]) : bytes[i]];
            i += code.Size;
            var token = code.OperandType == OperandType.InlineMethod ? BitConverter.ToInt32(bytes, i) : 0;
            i += code.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(bytes, i),
                _ => 4,
            };
            yield return (code, token);
        }
    }
}
