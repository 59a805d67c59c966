using MetaSpine.Cli;

namespace MetaSpine.Tests;

/// <summary>
/// What is installed differs from machine to machine, so the programs are stand-ins written by the tests; the last test takes what is there,
/// and the message where nothing is.
/// </summary>
public sealed class PictureConverterTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("metaspine").FullName;

    private static Drawing Picture => ForestPlot.Draw(ForestSamples.Trial(3));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Without_a_program_the_message_names_those_that_would_do()
    {
        Should.Throw<UsageException>(() => new PictureConverter(_folder).Save("plot.png", Picture)).Message
            .ShouldBe("plot.png: PNG takes rsvg-convert or Chromium, and PATH has neither; install librsvg (librsvg2-bin in Debian, librsvg in Homebrew), or write plot.svg");
        Should.Throw<UsageException>(() => new PictureConverter("").Save("plot.PDF", Picture)).Message.ShouldStartWith("plot.PDF: PDF takes");
        Should.Throw<UsageException>(() => new PictureConverter().Save("plot.jpeg", Picture)).Message.ShouldBe("plot.jpeg: a plot is written as SVG, PNG or PDF; name the file plot.svg, .png or .pdf");
    }

    [Fact]
    public void An_svg_takes_no_program()
    {
        var file = Path.Combine(_folder, "plot.SVG");
        new PictureConverter("").Save(file, Picture);
        File.ReadAllText(file).ShouldBe(Picture.ToSvg());
    }

    [Fact]
    public void The_drawing_is_handed_over_and_what_comes_back_is_the_file()
    {
        if (!Program("rsvg-convert", "for last; do :; done; { echo \"$@\"; cat; } > \"$last\""))
        {
            return;
        }

        var file = Path.Combine(_folder, "a name; with $(signs).png");
        new PictureConverter(_folder + Path.PathSeparator + "/bin").Save(file, Picture);
        var said = File.ReadAllText(file);
        said.ShouldStartWith("--format png --zoom 3.125 --output ");
        said.ShouldEndWith(Picture.ToSvg());
    }

    [Fact]
    public void A_program_that_fails_is_quoted_and_the_next_one_tried()
    {
        if (!Program("rsvg-convert", "echo 'cannot do that' >&2; echo more >&2; exit 3"))
        {
            return;
        }

        var file = Path.Combine(_folder, "plot.pdf");
        Should.Throw<InputException>(() => new PictureConverter(_folder).Save(file, Picture)).Message.ShouldEndWith("rsvg-convert: it ended with status 3: cannot do that");
        File.Exists(file).ShouldBeFalse();
        Program("chromium", "for word; do case \"$word\" in --print-to-pdf=*) echo made > \"${word#*=}\";; esac; done");
        new PictureConverter(_folder).Save(file, Picture);
        File.ReadAllText(file).ShouldBe("made\n");
    }

    [Fact]
    public void A_program_that_hangs_is_ended()
    {
        if (!Program("rsvg-convert", "exec sleep 60"))
        {
            return;
        }

        var converter = new PictureConverter(_folder + Path.PathSeparator + "/bin", TimeSpan.FromSeconds(0.2));
        Should.Throw<InputException>(() => converter.Save(Path.Combine(_folder, "plot.png"), Picture)).Message.ShouldEndWith("it did not finish within 0.2 seconds");
    }

    [Fact]
    public void A_program_that_writes_nothing_has_failed()
    {
        if (!Program("rsvg-convert", "exit 0"))
        {
            return;
        }

        Should.Throw<InputException>(() => new PictureConverter(_folder).Save(Path.Combine(_folder, "plot.png"), Picture)).Message.ShouldEndWith("it wrote nothing");
    }

    [Theory]
    [InlineData(".png", "\u0089PNG")]
    [InlineData(".pdf", "%PDF")]
    public void With_what_is_installed_the_file_is_of_its_kind(string extension, string begin)
    {
        var file = Path.Combine(_folder, "plot" + extension);
        try
        {
            new PictureConverter().Save(file, Picture);
            File.ReadAllBytes(file)[..4].Select(value => (char)value).ShouldBe(begin);
        }
        catch (UsageException missing)
        {
            missing.Message.ShouldContain("PATH has neither");
        }
    }

    /// <summary>Puts a shell script in place of a program; false on Windows, where there is no shell for it.</summary>
    private bool Program(string name, string script)
    {
        if (OperatingSystem.IsWindows())
        {
            return false;
        }

        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return true;
    }
}
