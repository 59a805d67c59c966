using System.Text.Json;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;

namespace MetaSpine.NotebookTests;

/// <summary>A notebook whose code cells run one after the other, as a C# kernel runs them.</summary>
internal static class Notebook
{
    private static readonly ScriptOptions Options = ScriptOptions.Default
        .AddReferences(typeof(Review).Assembly)
        .AddImports("System", "System.IO", "System.Linq", "System.Collections.Generic");

    public static IReadOnlyList<string> CodeCells(string path)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(path));
        return [.. json.RootElement.GetProperty("cells").EnumerateArray()
            .Where(cell => cell.GetProperty("cell_type").GetString() == "code")
            .Select(cell => string.Concat(cell.GetProperty("source").EnumerateArray().Select(line => line.GetString())))];
    }

    /// <summary>The values of the cells' last expressions; null for a cell that ends in a statement. Package references are left to the kernel.</summary>
    public static async Task<IReadOnlyList<object?>> Run(IReadOnlyList<string> cells, CancellationToken cancellation)
    {
        var values = new List<object?>();
        ScriptState<object>? state = null;
        foreach (var cell in cells)
        {
            var code = string.Join('\n', cell.Split('\n').Where(line => !line.StartsWith("#r", StringComparison.Ordinal)));
            state = state is null
                ? await CSharpScript.RunAsync(code, Options, cancellationToken: cancellation)
                : await state.ContinueWithAsync(code, cancellationToken: cancellation);
            values.Add(state.ReturnValue);
        }

        return values;
    }
}
