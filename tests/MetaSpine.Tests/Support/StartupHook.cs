/// <summary>
/// Runs inside a process that a test starts with DOTNET_STARTUP_HOOKS, and lists at its end what was loaded. The runtime finds the class by
/// this name, in no namespace.
/// </summary>
internal static class StartupHook
{
    /// <summary>The environment variable that names the file to write.</summary>
    public const string ListFile = "METASPINE_LOADED";

    public static void Initialize() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        var loaded = AppDomain.CurrentDomain.GetAssemblies();
        File.WriteAllLines(Environment.GetEnvironmentVariable(ListFile)!, Array.ConvertAll(loaded, assembly => assembly.GetName().Name!));
    };
}
