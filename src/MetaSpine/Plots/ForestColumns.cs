namespace MetaSpine;

/// <summary>Makes the columns that show characteristics of the studies.</summary>
internal static class ForestColumns
{
    private const double SignGap = 4;

    public static ForestField Text(string heading, Func<ForestRow, string?> value) =>
        new(null, heading.Split('\n'), row => value(row) is { } text ? [text] : []) { Kind = ForestFieldKind.Text, Anchors = [TextAnchor.Start] };

    /// <param name="heading">The heading.</param>
    /// <param name="all">All its numbers, which choose the decimals.</param>
    /// <param name="value">The number of a row; null for an empty cell.</param>
    public static ForestField Number(string heading, IEnumerable<double> all, Func<ForestRow, double?> value)
    {
        var digits = ForestInput.Digits(all);
        return new ForestField(null, heading.Split('\n'), row => value(row) switch
        {
            null => [],
            { } number when double.IsNaN(number) => ["–"],
            { } number => [digits == 0 ? PlotNumbers.Short(number) : PlotNumbers.Fixed(number, digits)],
        });
    }

    public static ForestField Input(ForestFrame frame, string column, string heading)
    {
        foreach (var data in frame.Listed.Select(result => result.Effects.Data))
        {
            if (!data.Has(column))
            {
                throw new ArgumentException($"The data have no column '{column}'{NearestName.Hint(column, [.. data.Columns])}");
            }
        }

        return Number(heading, frame.Listed.SelectMany(result => result.Effects.Data[column]), row => row is { Index: { } index, Result: { } result } ? result.Effects.Data[column][index] : null);
    }

    public static ForestColumn Moderator(Review review, string name, string heading)
    {
        var known = review.Studies.SelectMany(study => study.Moderators.Select(moderator => moderator.Name)).Distinct(StringComparer.Ordinal).ToList();
        if (!known.Contains(name))
        {
            throw new ArgumentException($"No study of the review has the moderator '{name}'{NearestName.Hint(name, known)}", nameof(name));
        }

        var studies = ByLabel(review);
        var moderators = review.Studies.Select(study => study.FindModerator(name)).OfType<Moderator>().Where(moderator => !moderator.IsAbsent).ToList();
        string? Written(ForestRow row) => IsOfStudy(row) && Find(studies, row) is { } study
            ? study.FindModerator(name) is { IsAbsent: false } moderator ? moderator.Text : "–"
            : null;
        return new ForestColumn(heading, _ => [moderators.All(moderator => moderator.Number is not null)
            ? new ForestField(null, heading.Split('\n'), row => Written(row) is { } text ? [PlotNumbers.Minus(text)] : [])
            : Text(heading, Written)]);
    }

    public static ForestColumn Risk(IReadOnlyList<string> domains, int count, Func<ForestRow, int, string?> judgement) => new("risk of bias", frame =>
    {
        if (count >= 0)
        {
            frame.RequireCount("risk of bias", count);
        }

        var areShort = domains.All(domain => domain.Length <= 3);
        return domains.Select((domain, index) => new ForestField("Risk of bias", [areShort ? domain : Letter(index)], row => IsOfStudy(row) ? [judgement(row, index) ?? ""] : [])
        {
            Kind = ForestFieldKind.Sign,
            Anchors = [TextAnchor.Middle],
            GapBefore = index == 0 ? ForestField.UsualGap : SignGap,
            Meaning = areShort ? null : domain,
        });
    });

    public static ForestColumn Risk(Review review, string? outcome, string? tool)
    {
        var rows = RiskOfBiasTable.Of(review.Studies, tool, null).Rows.ToLookup(row => row.Study, row => row.Assessment, StringComparer.Ordinal);
        var judged = new Dictionary<string, List<(string Domain, string Judgement)>>(StringComparer.Ordinal);
        foreach (var (label, study) in ByLabel(review))
        {
            var assessment = rows[study.Id].FirstOrDefault(judgement => outcome is not null && judgement.Given.Outcome == outcome)
                ?? rows[study.Id].FirstOrDefault(judgement => outcome is null || judgement.Given.Outcome is null);
            judged[label] = assessment is null ? [] : Judgements(assessment);
        }

        var domains = judged.Values.SelectMany(list => list.Select(item => item.Domain)).Distinct(StringComparer.Ordinal).OrderBy(domain => domain == Overall).ToList();
        return Risk(domains, -1, (row, domain) =>
            Find(judged, row)?.Find(item => item.Domain == domains[domain]).Judgement);
    }

    /// <summary>A name from a file as a heading: "follow_up" becomes "Follow up".</summary>
    public static string Readable(string name)
    {
        var words = name.Replace('_', ' ').Trim();
        return words.Length == 0 ? name : char.ToUpperInvariant(words[0]) + words[1..];
    }

    private const string Overall = "Overall";

    /// <summary>The judgements by domain, as the signs know them whatever the tool's words: "low" confidence in a review is a high risk.</summary>
    private static List<(string Domain, string Judgement)> Judgements(RiskOfBiasAssessment assessment)
    {
        var judged = assessment.Domains.Where(domain => domain.Effective is not null).ToList();
        List<(string, string)> list = judged.Count > 0 ? [.. judged.Select(domain => (NameOf(domain, assessment.Given), RiskSign.Word(domain.Level)))]
            : assessment.Answers.Count > 0 ? [.. assessment.Answers.Select(answer => (answer.Key, RiskSign.Word(answer.Value.Level)))]
            : [.. assessment.Given.Answers.Select(answer => (Readable(answer.Question), answer.Text))];
        if (assessment.Overall.Effective is not null)
        {
            list.Add((Overall, RiskSign.Word(assessment.Overall.Level)));
        }

        return list;
    }

    /// <summary>The domain under the name that the file gives it, or the tool's where the file gives a code such as D1, or nobody judged.</summary>
    private static string NameOf(AssessedDomain domain, RiskOfBias given)
    {
        var tool = RiskOfBiasTools.Find(given.Tool);
        var written = given.Domains.FirstOrDefault(item => item.Domain == domain.Code || tool?.FindDomain(item.Domain)?.Code == domain.Code)?.Domain;
        return written is not null && !written.Equals(domain.Code, StringComparison.OrdinalIgnoreCase) ? Readable(written) : tool?.FindDomain(domain.Code)?.Name ?? domain.Code;
    }

    /// <summary>The studies under the names that effect sizes have: with the id in brackets where two have the same name.</summary>
    private static Dictionary<string, Study> ByLabel(Review review)
    {
        var studies = new Dictionary<string, Study>(StringComparer.Ordinal);
        foreach (var study in review.Studies)
        {
            studies.TryAdd(study.DisplayName, study);
            studies[$"{study.DisplayName} ({study.Id})"] = study;
        }

        return studies;
    }

    /// <summary>What is known of a row's study, whose name may be followed by the group that the row is of.</summary>
    private static T? Find<T>(Dictionary<string, T> studies, ForestRow row)
        where T : class
    {
        var name = row.Study ?? row.Label;
        return studies.TryGetValue(name, out var whole) ? whole
            : name.LastIndexOf(", ", StringComparison.Ordinal) is > 0 and var end && studies.TryGetValue(name[..end], out var part) ? part : null;
    }

    private static bool IsOfStudy(ForestRow row) => row.Kind is ForestRowKind.Study or ForestRowKind.NotEstimable;

    private static string Letter(int index) => index < 26 ? ((char)('A' + index)).ToString() : Letter(index / 26 - 1) + Letter(index % 26);
}
