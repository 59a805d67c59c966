namespace MetaSpine;

/// <content>Bringing two extractions together.</content>
public sealed partial record ExtractionComparison
{
    /// <summary>The word for what the first, or the second, file gives.</summary>
    internal const string FromA = "A", FromB = "B";

    /// <summary>The studies as decided: the first file with its comments and layout where what it says is kept, and what was decided under <c>reconciled</c>.</summary>
    /// <param name="decisions">
    /// One for each difference. The same number in another form needs none: the first file's form is kept, and that is recorded too. A study that only one
    /// extraction has is kept or left out by a decision with an empty path.
    /// </param>
    /// <param name="by">Who decided.</param>
    /// <param name="date">When, as 2026-01-31; <see langword="null"/> to say nothing.</param>
    /// <returns>The studies, in the order of the comparison.</returns>
    /// <exception cref="StudyFileException">A difference is undecided or has no reason, a decision is about nothing or about other files, or the studies would not be valid; every fault is listed.</exception>
    /// <exception cref="ArgumentException">Nobody decided, or the date is none.</exception>
    public IReadOnlyList<ReconciledStudy> Reconcile(IReadOnlyList<ExtractionDecision> decisions, string by, string? date = null)
    {
        ArgumentNullException.ThrowIfNull(decisions);
        ArgumentException.ThrowIfNullOrWhiteSpace(by);
        if (date is not null && !Codecs.Date.TryRead(new YamlScalar(date, plain: false), new Reading("date", null), out _))
        {
            throw new ArgumentException($"The date '{NumberText.Shorten(date)}' is none: write it as 2026-01-31, 2026-01 or 2026.", nameof(date));
        }

        var faults = new List<FileFault>();
        var decided = new Decided(this, decisions, faults);
        var studies = new List<ReconciledStudy>();
        foreach (var (a, b) in Pairs)
        {
            if (a is null || b is null)
            {
                var only = (a ?? b)!;
                if (decided.Of(only.Id, "") is { } decision
                    && decision.Kept.Equals(a is null ? FromB : FromA, StringComparison.OrdinalIgnoreCase) && Text(only, faults) is { } text && ExtractionFile.Tree(text, only.File) is { } whole)
                {
                    Add(only, new YamlEdits(text, whole), whole, [new(decision.Study, "", decision.Kept, decision.Reason) { A = a?.File, B = b?.File }]);
                }
            }
            else if (Text(a, faults) is { } text && ExtractionFile.Tree(text, a.File) is { } root)
            {
                Together(a, b, text, root);
            }
        }

        return faults.Count == 0 ? studies : throw new StudyFileException(faults);

        void Together(ExtractedStudy a, ExtractedStudy b, string text, YamlMap root)
        {
            if (root.Find("reconciled") is { Value: YamlMap } earlier)
            {
                faults.Add(new(earlier.KeyAt, $"this extraction of '{a.Id}' is itself reconciled: compare what each person extracted"));
                return;
            }

            var edits = new YamlEdits(text, root);
            var log = new List<ExtractionDecision>();
            var before = faults.Count;
            foreach (var difference in NodeComparison.Of(root, b.Root).Differences)
            {
                var (shownA, shownB) = (Text(difference.A), Text(difference.B));
                if (decided.Of(a.Id, difference.Path) is not { } decision)
                {
                    if (difference.Kind == DifferenceKind.Form)
                    {
                        log.Add(new(a.Id, difference.Path, shownA!, $"the same number; the form of {A} is kept") { A = shownA, B = shownB });
                    }

                    continue;
                }

                var kept = Kept(difference, decision, shownA, shownB, faults);
                if (faults.Count == before && !ReferenceEquals(kept, difference.A))
                {
                    edits.Keep(difference, kept);
                }

                log.Add(new(a.Id, difference.Path, Text(kept) ?? "", decision.Reason) { A = shownA, B = shownB });
            }

            if (faults.Count == before)
            {
                if (b.Root.Find("extraction")?.Value is YamlList { Items: [_, ..] theirs })
                {
                    var mine = (root.Find("extraction")?.Value as YamlList)?.Items ?? [];
                    var shown = mine.ConvertAll(NodeComparison.Text);
                    List<YamlNode> missing = [.. theirs.Where(item => !shown.Contains(NodeComparison.Text(item))).Select(YamlEdits.Portable)];
                    if (mine.Count == 0)
                    {
                        edits.Insert(root, "extraction", new YamlList(default, missing));
                    }
                    else
                    {
                        missing.ForEach(item => edits.Insert(root.Find("extraction")!.Value, null, item));
                    }
                }

                Add(a, edits, root, log);
            }
        }

        // The two folders may have given one name to files of different studies; neither may write over the other.
        string Unused(string name)
        {
            var free = name;
            for (var number = 2; studies.Exists(study => study.FileName.Equals(free, StringComparison.OrdinalIgnoreCase)); number++)
            {
                free = FormattableString.Invariant($"{Path.GetFileNameWithoutExtension(name)}-{number}{Path.GetExtension(name)}");
            }

            return free;
        }

        void Add(ExtractedStudy of, YamlEdits edits, YamlMap root, IReadOnlyList<ExtractionDecision> log)
        {
            var block = new YamlEntry("reconciled", default, Reconciliation.Shape.Write(new()
            {
                By = by, Date = date,
                Differences = log.Select(item => new ExtractionDifference
                {
                    Path = item.Path.Length == 0 ? "(the study)" : item.Path, A = item.A, B = item.B, Kept = item.Kept.Length == 0 ? null : item.Kept, Reason = item.Reason,
                }).ToValueList(),
            }));
            var text = edits.Apply(new YamlMap(default, [block]));
            root.Entries.RemoveAll(entry => entry.Key == "reconciled");
            root.Entries.Add(block);

            // An edited text must say what was decided, or the tree is written out in its place.
            var keeps = text is not null && ExtractionFile.Tree(text, of.File) is { } edited && NodeComparison.Of(root, edited, everything: true).Differences.Count == 0;
            var final = keeps ? text! : YamlPrinter.Print((YamlMap)YamlEdits.Portable(root));
            var name = Unused(Path.GetFileName(of.File));
            if (Study.TryParse(final, $"{name} as reconciled", out var study, out var found))
            {
                studies.Add(new(of.Id, name, final, study, keeps));
            }
            else
            {
                faults.AddRange(found.Select(fault => new FileFault(fault.Position, $"what was decided gives no valid study: {fault.Message}")));
            }
        }
    }

    private static string? Text(ExtractedStudy study, List<FileFault> faults)
    {
        if (study.Text is null)
        {
            faults.Add(new(study.Root.At, $"the study '{study.Id}' stands within a review file; to bring extractions together, keep each study in a file of its own"));
        }

        return study.Text;
    }

    /// <summary>The node that a decision keeps; null for nothing.</summary>
    private static YamlNode? Kept(NodeDifference difference, ExtractionDecision decision, string? a, string? b, List<FileFault> faults)
    {
        // The letters first: where one side says B itself, B still means the second file.
        var kept = decision.Kept.Trim();
        if (kept.Equals(FromA, StringComparison.OrdinalIgnoreCase))
        {
            return difference.A;
        }

        if (kept.Equals(FromB, StringComparison.OrdinalIgnoreCase) || kept == b)
        {
            return difference.B;
        }

        if (kept == a)
        {
            return difference.A;
        }

        if (kept.Length > 2 && kept[0] is '\'' or '"' && kept[^1] == kept[0])
        {
            return new YamlScalar(kept[1..^1], plain: false);
        }

        if ((difference.A ?? difference.B) is YamlScalar model)
        {
            return new YamlScalar(kept, model.Plain || NumberText.IsNumber(kept));
        }

        var reading = new Reading(decision.Position.File ?? "decision", null);
        if (YamlReader.Read(kept, reading) is { } node and not YamlScalar)
        {
            return node;
        }

        faults.Add(new(decision.Position, $"{difference.Path} is a list or a mapping, and '{NumberText.Shorten(kept)}' is none: write A, B, or the value between [ and ] or {{ and }}"));
        return null;
    }
}
