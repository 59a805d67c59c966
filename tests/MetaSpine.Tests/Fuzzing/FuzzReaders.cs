using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace MetaSpine.Tests;

/// <summary>What reads each format, and what its users then do with it. Faults are thrown, or held against <see cref="Oracle"/> here.</summary>
internal static class FuzzReaders
{
    private static readonly PoolingOptions[] Poolings =
    [
        PoolingOptions.Default, new() { Method = PoolingMethod.DL, Test = PoolingTest.Z }, new() { Method = PoolingMethod.EE }, new() { Method = PoolingMethod.PM },
        new() { Method = PoolingMethod.ML, Test = PoolingTest.KnappHartungFloor, Tau2Interval = Tau2IntervalMethod.ProfileLikelihood }, new() { Method = PoolingMethod.EB },
    ];

    public static Action? Yaml(FuzzInput input)
    {
        if (!StudyFile.TryLoad(input.Path, out var file, out var faults))
        {
            throw new StudyFileException(faults);
        }

        return () =>
        {
            Array.ForEach([.. IntegrityCheck.Run(file)], finding => Oracle.Speaks(finding.ToString()));
            var review = file.Review ?? file.Study!.AsReview();
            foreach (var (study, judged) in review.Studies.SelectMany(study => study.RiskOfBias.Select(judged => (study, judged))))
            {
                RiskOfBiasAssessment.Of(study, judged).Findings.ShouldNotBeNull();
            }

            // What can be read can be written, and is the same when it is read again.
            (file.Study is { } one ? Study.Parse(one.ToYaml()).Equals(one) : Review.Parse(review.ToYaml(), "written", Path.GetDirectoryName(input.Path)).Equals(review)).ShouldBeTrue("it is another when it is written and read again");
            if (review.Flow is not null)
            {
                _ = PrismaFlow.Of(review).ToString();
            }

            Analyses(review, input.Text);
        };
    }

    public static Action? Table(FuzzInput input)
    {
        var table = StudyTable.ReadCsv(input.Path, new() { DecimalMark = input.Seed % 5 == 0 ? ',' : '.' });
        return () =>
        {
            foreach (var measure in table.Candidates)
            {
                Allowed(() =>
                {
                    var effects = table.Read(measure).Compute();
                    effects.Studies.ShouldAllBe(study => !study.IsComputed || (double.IsFinite(study.Estimate) && study.Variance >= 0));
                    var result = MetaAnalysis.Pool(effects, Poolings[input.Seed % Poolings.Length]);
                    Oracle.Holds(result);
                    Shown(result, input.Text);
                });
            }

            foreach (var column in table.ColumnNames.Where(name => name.Length > 0).Take(20))
            {
                Allowed(() => table.Predictor(column).ShouldNotBeNull());
            }
        };
    }

    public static Action? Robvis(FuzzInput input)
    {
        var table = RobvisTable.ReadCsv(input.Path);
        return () =>
        {
            table.Weights.Values.ShouldAllBe(weight => double.IsFinite(weight));
            table.Studies.ShouldAllBe(study => Study.Parse(study.ToYaml(), "written").RiskOfBias.Equals(study.RiskOfBias));
        };
    }

    public static Action? Prisma(FuzzInput input)
    {
        var counts = PrismaTemplate.Load(input.Path);
        return () =>
        {
            Shown(PrismaFlow.Check(counts), input.Text);
            PrismaTemplate.Read(new StringReader(PrismaTemplate.Write(counts)), "written").ShouldBe(counts);
        };
    }

    public static Action? Decided(FuzzInput input)
    {
        var table = ScreeningTable.Load(input.Path);
        return () => Allowed(() => Shown(table.Counts is { } counts ? counts.Agreement() : MetaSpine.Screening.Of(table.Decisions), input.Text), arguments: true);
    }

    public static Action? Decisions(FuzzInput input)
    {
        var decisions = DecisionTable.Load(input.Path);
        return () =>
        {
            var folder = Directory.CreateDirectory(input.Path + ".d").FullName;
            var text = FuzzSamples.Kept("yaml").First(sample => sample.Contains("id: abe2020", StringComparison.Ordinal));
            string[] paths = [Path.Combine(folder, "a.yaml"), Path.Combine(folder, "b.yaml")];
            File.WriteAllText(paths[0], text);
            File.WriteAllText(paths[1], text.Replace("enrolled: 102", "enrolled: 120", StringComparison.Ordinal).Replace("events: 16", "events: 15", StringComparison.Ordinal));
            Allowed(() => ExtractionComparison.Load(paths[0], paths[1]).Reconcile(decisions, "EF").ShouldNotBeEmpty());
        };
    }

    public static Action? References(FuzzInput input)
    {
        var library = ReferenceFile.Load(input.Path);
        if (library.Faults.Count > 0)
        {
            Oracle.Holds(library.Faults, input.Path, input.Bytes);
        }

        return () =>
        {
            // A name that no other format begins with, so that the content alone decides.
            foreach (var format in Enum.GetValues<ReferenceFormat>())
            {
                var writer = new StringWriter();
                ReferenceFile.Write(library.References, writer, format);
                var again = ReferenceFile.Parse(writer.ToString(), "written", format);
                again.References.Count.ShouldBe(library.References.Count, $"written as {format} and read again: {string.Join("; ", again.Faults.Take(3))}");
                library.References.Take(3).ShouldAllBe(reference => ReferenceFile.LeftOut(reference, format).Count >= 0);
            }

            var unique = Deduplication.Of(library.References);
            unique.Unique.Count.ShouldBeLessThanOrEqualTo(library.References.Count);
            _ = unique.ToString();
            _ = ScreeningLabels.Read(library.References);
        };
    }

    public static Action? RevMan(FuzzInput input) => Imported(RevManReview.Load(input.Path), input);

    /// <summary>A package whose tables are damaged, and not its bytes.</summary>
    public static Action? Package(FuzzInput input)
    {
        using var stream = new MemoryStream(Zipped(input.Bytes));
        return Imported(RevManReview.Read(stream, input.Path), input);
    }

    public static Action? Requests(FuzzInput input)
    {
        var answers = new StringWriter();
        var requests = File.ReadAllText(input.Path);
        Batch.Run(new StringReader(requests), answers);
        var asked = requests.Split('\n').Count(line => !string.IsNullOrWhiteSpace(line));
        var answered = answers.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        answered.Length.ShouldBe(asked);
        foreach (var line in answered)
        {
            using var answer = JsonDocument.Parse(line);
            answer.RootElement.TryGetProperty("id", out _).ShouldBeTrue(line);
            line.ShouldNotContain("internal-error");
        }

        return null;
    }

    public static Action? Checkpoint(FuzzInput input)
    {
        try
        {
            using var stream = File.OpenRead(input.Path);
            var checkpoint = GoshCheckpoint.Load(stream);
            return () => checkpoint.Done.ShouldBeInRange(0, 1);
        }
        catch (InvalidDataException error)
        {
            Oracle.Speaks(error.Message);
            return null;
        }
    }

    public static Action? Formulas(FuzzInput input) => EachLine(input, line =>
    {
        try
        {
            var formula = Formula.Parse(line);
            Formula.Parse(formula.ToString()!).ShouldNotBeNull();
        }
        catch (FormulaException error)
        {
            Oracle.Speaks(error.Message);
        }
    });

    public static Action? Terms(FuzzInput input) => EachLine(input, line => Allowed(() => RandomTerm.Parse(line).ToString()!.ShouldNotBeEmpty(), arguments: true));

    public static Action? Values(FuzzInput input) => EachLine(input, line => Allowed(() => ModeratorValues.Parse(line).ToString()!.ShouldNotBeNull(), arguments: true));

    /// <summary>A zip of the parts that lines such as <c>==> a.csv</c> begin.</summary>
    public static byte[] Zipped(byte[] text)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var part in Encoding.Latin1.GetString(text).Split("==> ").Where(part => part.Length > 0 && part[0] != '\n'))
            {
                var end = part.IndexOf('\n', StringComparison.Ordinal);
                var entry = archive.CreateEntry(end < 0 ? part[..Math.Min(part.Length, 100)] : part[..Math.Min(end, 100)]);
                entry.LastWriteTime = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
                using var content = entry.Open();
                content.Write(Encoding.Latin1.GetBytes(part[(end + 1)..]));
            }
        }

        return stream.ToArray();
    }

    private static Action? EachLine(FuzzInput input, Action<string> read)
    {
        Array.ForEach([.. input.Text.Split('\n').Take(20)], read);
        return null;
    }

    private static Action Imported(RevManReview source, FuzzInput input) => () => Allowed(() =>
    {
        var review = source.ToReview();
        Review.Parse(review.ToYaml()).ShouldBe(review);
        Shown(source.Agreement(), input.Text);
        Analyses(review, input.Text);
    });

    private static void Analyses(Review review, string input)
    {
        var faults = review.CheckAnalyses();
        Array.ForEach([.. faults], fault => Oracle.Speaks(fault.Message));
        Allowed(() =>
        {
            foreach (var result in review.AnalyseAll())
            {
                if (result.Overall is { } overall)
                {
                    Oracle.Holds(overall);
                }

                (result.IsPooled || result.Problem is not null).ShouldBeTrue("an analysis has neither a result nor a reason");
                Shown(result, input);
            }
        });
    }

    /// <summary>A result is shown in every form, without what is no number.</summary>
    private static void Shown(Reportable result, string input)
    {
        string[] shown = [result.ToString(), result.ToMarkdown(), Report.Json(result), Report.Csv(result)];
        foreach (var word in new[] { "NaN", "Infinity" }.Where(word => !input.Contains(word[..3], StringComparison.OrdinalIgnoreCase)))
        {
            shown.ShouldAllBe(text => !text.Contains(word));
        }

        _ = result.ToHtml();
    }

    /// <summary>Does what may be refused with a message.</summary>
    private static void Allowed(Action what, bool arguments = false)
    {
        try
        {
            what();
        }
        catch (Exception error) when (error is StudyFileException or EffectDataException or PoolingException || (arguments && error is ArgumentException and not ArgumentNullException))
        {
            Oracle.Speaks(error.Message.Split('\n')[0].Split(" (Parameter '")[0]);
        }
    }
}
