using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;

namespace MetaSpine;

/// <summary>
/// Answers requests from programs in any language: one JSON object a line in, one a line out, in order. <c>metaspine batch --protocol</c>
/// prints what requests and answers look like.
/// </summary>
public static class Batch
{
    /// <summary>The longest line that is read, in characters; a longer one is answered by an error.</summary>
    public const int LongestLine = 32 * 1024 * 1024;

    /// <summary>So many requests are read before the first of them has its answer written.</summary>
    public const int Ahead = 256;

    /// <summary>A request of more characters is answered before the next is read, so that those ahead never fill the memory.</summary>
    private const int LongLine = 256 * 1024;

    private delegate void Answerer(RequestPart request, Utf8JsonWriter answer);

    private static readonly (string Kind, Answerer Answer)[] Kinds =
    [
        ("univariate", UnivariateBatch.Answer),
        ("mantel-haenszel", StratifiedBatch.Answer),
        ("glmm", CountModelBatch.Answer),
        ("location-scale", LocationScaleBatch.Answer),
        ("multilevel", MultilevelBatch.Answer),
        ("diagnostics", DiagnosticsBatch.Answer),
    ];

    /// <summary>The fields of a request; of others, those that are nearly one of these are taken for slips.</summary>
    private static readonly string[] Fields =
        ["id", "kind", "measure", "options", "data", "slab", "fits", "yi", "vi", "X", "Z", "X_columns", "Z_columns", "V", "random", "struct", "diagnostics", "method", "test", "level"];

    /// <summary>
    /// Answers every line until the input ends, on all processors and in order. An answer never waits for further lines: it is written and flushed when those before it
    /// are. So many lines as <see cref="Ahead"/> are read before the answer to the first is taken, no more. Lines of white space are skipped. A line that cannot be
    /// answered gets <c>{"id": ..., "error": {"code", "message", "path"}}</c>, and the next is read.
    /// </summary>
    /// <param name="input">The requests.</param>
    /// <param name="output">Where the answers go.</param>
    /// <param name="cancellation">Ends the run between two lines; what was read is answered.</param>
    public static void Run(TextReader input, TextWriter output, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        var answers = Channel.CreateBounded<Task<string>>(new BoundedChannelOptions(Ahead) { SingleReader = true, SingleWriter = true });
        var writing = Task.Run(() => Write(answers, output), CancellationToken.None);
        try
        {
            Read(new BoundedLines(input, LongestLine), answers.Writer, cancellation);
        }
        finally
        {
            // What was read is answered, also where the input breaks off.
            answers.Writer.TryComplete();
            writing.GetAwaiter().GetResult();
        }
    }

    private static void Read(BoundedLines lines, ChannelWriter<Task<string>> answers, CancellationToken cancellation)
    {
        for (long number = 1; !cancellation.IsCancellationRequested && lines.TryRead(out var line, out var tooLong); number++)
        {
            if (!tooLong && string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            var (request, at) = (line, number);
            var answer = Task.Run(
                () => tooLong
                    ? Error(default, new BatchException("line-too-long", FormattableString.Invariant($"the line has more than {LongestLine} characters; split the request")), at)
                    : Answer(request, at),
                CancellationToken.None);
            if (line.Length > LongLine)
            {
                answer.Wait(CancellationToken.None);
            }

            while (!answers.TryWrite(answer))
            {
                // An output that takes no more has closed the channel.
                if (!answers.WaitToWriteAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult())
                {
                    return;
                }
            }
        }
    }

    private static async Task Write(Channel<Task<string>> answers, TextWriter output)
    {
        try
        {
            await foreach (var answer in answers.Reader.ReadAllAsync().ConfigureAwait(false))
            {
                output.Write(await answer.ConfigureAwait(false));
                output.Write('\n');
                if (!answers.Reader.TryPeek(out var next) || !next.IsCompleted)
                {
                    output.Flush();
                }
            }
        }
        finally
        {
            // An output that takes no more ends the reading too.
            answers.Writer.TryComplete();
        }
    }

    /// <summary>The answer to one request, without a line end.</summary>
    public static string Answer(string request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Answer(request, null);
    }

    private static string Answer(string request, long? line)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(request.TrimStart('\uFEFF'), new JsonDocumentOptions { AllowDuplicateProperties = false });
        }
        catch (JsonException error)
        {
            return Error(default, new BatchException("bad-json", NotJson(error)), line);
        }
        catch (InvalidOperationException error)
        {
            return Error(default, NotText(error), line);
        }

        using (document)
        {
            var root = document.RootElement;
            JsonElement id = default;
            try
            {
                id = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("id", out var given) ? given : default;
                var part = new RequestPart(root, "");
                part.NothingMisspelt(Fields);
                var kind = part["kind"].Text();
                var (_, answer) = Kinds.FirstOrDefault(known => known.Kind == kind);
                return answer is not null
                    ? Write(id, writer => answer(part, writer))
                    : throw new BatchException("unsupported-kind", $"kind '{kind}' is not supported; known: {string.Join(", ", Kinds.Select(known => known.Kind))}", "kind");
            }
            catch (BatchException error)
            {
                return Error(id, error, line);
            }
            catch (InvalidOperationException error)
            {
                return Error(id, NotText(error), line);
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                // The lines that follow have a right to their answers, whatever is wrong with this one or with us.
                return Error(id, new BatchException("internal-error", $"this should not have happened, please report the request: {error.GetType().Name}: {error.Message}"), line);
            }
        }
    }

    /// <summary>Writes the object that reports an error.</summary>
    internal static void WriteError(Utf8JsonWriter writer, BatchException error)
    {
        writer.WriteStartObject("error");
        writer.WriteString("code", error.Code);
        writer.WriteString("message", error.Message);
        writer.WriteString("path", error.Path);
        writer.WriteEndObject();
    }

    /// <summary>The answer to a line that cannot be answered; without an id it says which line, since lines of white space have no answer.</summary>
    private static string Error(JsonElement id, BatchException error, long? line) => Write(id, writer => WriteError(
        writer,
        line is { } number && id.ValueKind == JsonValueKind.Undefined ? new BatchException(error.Code, FormattableString.Invariant($"line {number}: {error.Message}"), error.Path) : error));

    /// <summary>A string or a name with half a surrogate pair is JSON, but no text.</summary>
    private static BatchException NotText(InvalidOperationException error) => new("wrong-type", $"the request holds a text that is not Unicode: {error.Message}");

    /// <summary>The reader counts lines and bytes from 0, and names both behind its sentence; here is one line.</summary>
    private static string NotJson(JsonException error) => error.BytePositionInLine is { } before && error.Message.IndexOf(" LineNumber:", StringComparison.Ordinal) is >= 0 and var end
        ? FormattableString.Invariant($"not JSON at byte {before + 1}: {error.Message[..end]}")
        : $"not JSON: {error.Message}";

    private static string Write(JsonElement id, Action<Utf8JsonWriter> content)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, JsonText.Compact))
        {
            writer.WriteStartObject();
            writer.WritePropertyName("id");
            writer.WriteRawValue(id.ValueKind == JsonValueKind.Undefined ? "null" : id.GetRawText(), skipInputValidation: true);
            content(writer);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
