using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace MetaSpine.Cli;

/// <summary>
/// Writes a drawing as the file's name asks for: SVG itself, PNG and PDF through a program that the user has. No shell is involved, and the
/// program has a minute.
/// </summary>
/// <param name="path">Where programs are looked for; the PATH of the process where null.</param>
/// <param name="patience">How long one may take; a minute where null.</param>
internal sealed class PictureConverter(string? path = null, TimeSpan? patience = null)
{
    /// <summary>Pixels of a PNG to a CSS pixel: 300 to the inch, as journals ask.</summary>
    private const double Density = 300.0 / 96;

    /// <summary>More pixels along a side are more than the programs' libraries draw.</summary>
    private const double MostPixels = 32_000;

    private static readonly string[] Browsers = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge"];

    private readonly string _path = path ?? Environment.GetEnvironmentVariable("PATH") ?? "";
    private readonly TimeSpan _patience = patience ?? TimeSpan.FromMinutes(1);

    /// <summary>Writes the file: .svg, .png or .pdf.</summary>
    /// <exception cref="UsageException">The name ends otherwise, the file cannot be written, or there is no program for it.</exception>
    /// <exception cref="InputException">Every program that there is failed.</exception>
    public void Save(string file, Drawing drawing)
    {
        switch (Path.GetExtension(file).ToLowerInvariant())
        {
            case ".svg":
                OutputOptions.Save(file, drawing.ToSvg());
                break;
            case ".png" or ".pdf":
                Convert(file, drawing);
                break;
            default:
                throw new UsageException($"{file}: a plot is written as SVG, PNG or PDF; name the file {Path.ChangeExtension(file, ".svg")}, .png or .pdf");
        }
    }

    private void Convert(string file, Drawing drawing)
    {
        var format = Path.GetExtension(file)[1..].ToLowerInvariant();
        var temporary = Directory.CreateTempSubdirectory("metaspine-").FullName;
        try
        {
            var made = Path.Combine(temporary, "picture." + format);
            var failures = new List<string>();
            foreach (var start in Programs(drawing, format, made, temporary))
            {
                var failure = Run(start, drawing.ToSvg());
                if (failure is null && new FileInfo(made) is { Exists: true, Length: > 0 })
                {
                    OutputOptions.Save(file, File.ReadAllBytes(made));
                    return;
                }

                failures.Add($"{start.FileName}: {failure ?? "it wrote nothing"}");
            }

            throw failures.Count > 0
                ? new InputException($"{file} could not be made; {string.Join("; ", failures)}")
                : new UsageException(
                    $"{file}: {format.ToUpperInvariant()} takes rsvg-convert or Chromium, and PATH has neither; install librsvg "
                    + $"(librsvg2-bin in Debian, librsvg in Homebrew), or write {Path.ChangeExtension(file, ".svg")}");
        }
        finally
        {
            Remove(temporary);
        }
    }

    /// <summary>The programs that are there, in the order in which they are tried, with all that they need to know.</summary>
    private IEnumerable<ProcessStartInfo> Programs(Drawing drawing, string format, string made, string folder)
    {
        var zoom = Number(Math.Min(Density, MostPixels / Math.Max(drawing.Width, drawing.Height)));
        if (Find("rsvg-convert") is { } rsvg)
        {
            yield return Start(rsvg, ["--format", format, .. format == "png" ? new[] { "--zoom", zoom } : [], "--output", made]);
        }

        if (Browsers.Select(Find).FirstOrDefault(found => found is not null) is { } browser)
        {
            var page = Path.Combine(folder, "page.html");
            var (width, height) = (Number(Math.Ceiling(drawing.Width)), Number(Math.Ceiling(drawing.Height)));
            File.WriteAllText(
                page,
                $"<!doctype html><meta charset=\"utf-8\"><style>@page{{size:{width}px {height}px;margin:0}}body{{margin:0}}svg{{display:block}}</style>{drawing.ToSvg()}",
                new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            string[] output = format == "png"
                ? [$"--screenshot={made}", $"--window-size={width},{height}", $"--force-device-scale-factor={zoom}", "--hide-scrollbars"]
                : [$"--print-to-pdf={made}", "--no-pdf-header-footer"];

            // Chromium refuses to build its sandbox for root, as in a container; the page holds nothing but the drawing.
            string[] sandbox = Environment.IsPrivilegedProcess && !OperatingSystem.IsWindows() ? ["--no-sandbox"] : [];
            yield return Start(browser, ["--headless", "--disable-gpu", $"--user-data-dir={Path.Combine(folder, "profile")}", .. sandbox, .. output, new Uri(page).AbsoluteUri]);
        }
    }

    private static ProcessStartInfo Start(string program, IEnumerable<string> arguments) => new(program, arguments)
    {
        UseShellExecute = false, CreateNoWindow = true, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
    };

    /// <summary>Runs a program on the SVG; returns why it failed, null where it did not.</summary>
    private string? Run(ProcessStartInfo start, string svg)
    {
        try
        {
            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEndAsync();
            _ = process.StandardOutput.ReadToEndAsync();
            _ = Feed(process, svg);
            if (!process.WaitForExit(_patience))
            {
                process.Kill(entireProcessTree: true);
                return FormattableString.Invariant($"it did not finish within {_patience.TotalSeconds:0.#} seconds");
            }

            if (process.ExitCode == 0)
            {
                return null;
            }

            // What it started may hold the stream open: then it is not quoted.
            var said = error.Wait(TimeSpan.FromSeconds(10)) ? error.Result.Trim().Split('\n')[0] : "";
            return FormattableString.Invariant($"it ended with status {process.ExitCode}{(said.Length == 0 ? "" : ": " + said)}");
        }
        catch (Win32Exception problem)
        {
            return problem.Message;
        }
    }

    /// <summary>Hands the SVG over; a program that does not read it is none the worse for it.</summary>
    private static async Task Feed(Process process, string svg)
    {
        try
        {
            await using var stream = process.StandardInput.BaseStream;
            await stream.WriteAsync(Encoding.UTF8.GetBytes(svg)).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // It closed its end.
        }
    }

    private string? Find(string program)
    {
        var name = OperatingSystem.IsWindows() ? program + ".exe" : program;
        return _path.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
    }

    private static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A browser may be slow to let go of its profile; the system clears temporary folders.
        }
    }

    private static string Number(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
