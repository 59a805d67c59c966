using Microsoft.Playwright;

namespace MetaSpine.BrowserTests;

/// <summary>One headless browser for all tests: the machine's own Chromium (on Debian, <c>apt-get install chromium</c>).</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(folder => Names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException($"These tests need a browser on PATH: {string.Join(", ", Names)}. On Debian: apt-get install chromium");
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = ["--no-sandbox"] });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }

    /// <summary>A page that shows this text, with everything that went wrong in it.</summary>
    public async Task<(IPage Page, List<string> Errors)> Show(string html, int width = 1200, int height = 900)
    {
        var page = await _browser!.NewPageAsync(new() { ViewportSize = new() { Width = width, Height = height } });
        var errors = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                errors.Add(message.Text);
            }
        };
        page.PageError += (_, error) => errors.Add(error);
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith("file:", StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal))
            {
                errors.Add($"asks for {request.Url}");
            }
        };
        var file = Path.Combine(Path.GetTempPath(), $"metaspine-{Guid.NewGuid():N}.html");
        await File.WriteAllTextAsync(file, html);
        try
        {
            await page.GotoAsync(new Uri(file).AbsoluteUri);
        }
        finally
        {
            File.Delete(file);
        }

        return (page, errors);
    }

    /// <summary>Pairs of texts of the pictures that lie on one another, texts on small marks and on level lines, and texts that leave their picture; as the browser really draws them.</summary>
    public static async Task<IReadOnlyList<string>> Collisions(IPage page) => await page.EvaluateAsync<string[]>(
        """
        () => {
          const found = [];
          for (const svg of document.querySelectorAll('svg')) {
            const frame = svg.getBoundingClientRect();
            const texts = [...svg.querySelectorAll('text')].filter(text => text.textContent.trim()).map(text => ({ name: text.textContent, box: text.getBoundingClientRect() }));
            // A line of text leaves room above and below its letters: 15% of it may be shared.
            const inner = box => ({ left: box.left + 0.5, right: box.right - 0.5, top: box.top + 0.15 * box.height, bottom: box.bottom - 0.15 * box.height });
            // Larger marks are regions and boxes that texts stand in; slanted lines cover less than their boxes.
            const marks = [...svg.querySelectorAll('rect, circle, polygon, line')].map(mark => ({ name: mark.tagName, box: mark.getBoundingClientRect() }))
              .filter(mark => mark.name === 'line' ? mark.box.height < 3 : Math.max(mark.box.width, mark.box.height) < 40).sort((a, b) => a.box.top - b.box.top);
            texts.sort((a, b) => a.box.top - b.box.top);
            for (let i = 0; i < texts.length; i++) {
              const a = inner(texts[i].box);
              if (texts[i].box.left < frame.left - 0.5 || texts[i].box.right > frame.right + 0.5 || a.top < frame.top || a.bottom > frame.bottom) found.push('leaves the picture: ' + texts[i].name);
              for (const mark of marks) {
                if (mark.box.top > a.bottom) break;
                if (a.left < mark.box.right - 0.5 && mark.box.left + 0.5 < a.right && a.top < mark.box.bottom && mark.box.top < a.bottom) found.push(texts[i].name + ' | ' + mark.name);
              }
              for (let j = i + 1; j < texts.length && texts[j].box.top < texts[i].box.bottom; j++) {
                const b = inner(texts[j].box);
                if (a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom) found.push(texts[i].name + ' | ' + texts[j].name);
              }
            }
          }
          return found;
        }
        """);
}
