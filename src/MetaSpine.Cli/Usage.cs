namespace MetaSpine.Cli;

/// <summary>Turns what the library says about a wrong name into a usage error.</summary>
internal static class Usage
{
    /// <summary>The message without the name of the parameter, which means nothing on a command line.</summary>
    public static string Sentence(ArgumentException error) =>
        error.ParamName is null ? error.Message : error.Message.Replace($" (Parameter '{error.ParamName}')", "", StringComparison.Ordinal);

    public static T Checked<T>(Func<T> find)
    {
        try
        {
            return find();
        }
        catch (ArgumentException error)
        {
            throw new UsageException(Sentence(error));
        }
    }
}
