namespace MetaSpine;

/// <summary>Finds random effects that no data can tell apart.</summary>
internal static class Identifiability
{
    /// <summary>Two terms that group the effects alike have one variance between them, and no likelihood says how it is shared.</summary>
    /// <exception cref="PoolingException">There are such terms, or effects with a correlation that no level shows.</exception>
    public static void Check(IReadOnlyList<RandomPart> parts)
    {
        for (var b = 0; b < parts.Count; b++)
        {
            for (var a = 0; a < b; a++)
            {
                if (IsIntercept(parts[a]) && IsIntercept(parts[b]) && parts[a].Levels.AsSpan().SequenceEqual(parts[b].Levels))
                {
                    if (parts[a].Name == parts[b].Name)
                    {
                        throw new PoolingException($"'{parts[a].Name}' stands in two terms, but has one variance: leave it out of one of them.");
                    }

                    var each = parts[a].Widths.Length == parts[a].Levels.Length ? ": every level has one effect only" : "";
                    throw new PoolingException(
                        $"The variances of '{parts[a].Name}' and '{parts[b].Name}' cannot be told apart, because both group the effects alike{each}. Leave one of them out: '{parts[a].Name}' alone has the variance of both.");
                }
            }

            var part = parts[b];
            var isCorrelated = part.Factor is FreeFactor { Names.Count: > 1 } || part.Factor.Parameters.Any(parameter => parameter.Kind is ParameterKind.Correlation or ParameterKind.Range);
            if (isCorrelated && !Enumerable.Range(0, part.Levels.Length).GroupBy(i => part.Levels[i]).Any(level => level.SelectMany(i => part.Entries[i].Select(entry => entry.Effect)).Distinct().Skip(1).Any()))
            {
                throw new PoolingException(
                    $"The correlation in '{part.Name}' cannot be estimated, because no level has two different effects. Take the structure ID or DIAG, which have no correlation, or another grouping.");
            }
        }
    }

    /// <summary>Says which correlations no level shows, and where the likelihood has no curvature, so that some numbers are not decided by the data.</summary>
    public static IEnumerable<string> Notes(MultilevelModel model)
    {
        foreach (var part in model.Parts.Where(part => part.Apart.Count > 0))
        {
            var names = ((FreeFactor)part.Factor).Names;
            var pairs = Wording.List([.. part.Apart.Select(pair => $"'{names[pair.First]}' with '{names[pair.Second]}'")]);
            var (reason, remedy) = part.Entries[0].Length > 1
                ? ("one of the two is 0 in all effects of each level", "GDIAG leaves correlations out")
                : ("no level has both", "CS and HCS have one correlation for all pairs");
            yield return $"These data say nothing of the correlation of {pairs} in '{part.Name}', because {reason}. It is left open, and no other number depends on it; {remedy}.";
        }

        if (model.Maximum.Uncertainty is null)
        {
            yield return "The likelihood is flat at its highest point: some of the variances and correlations are not decided by these data. Use fewer of them.";
        }
    }

    private static bool IsIntercept(RandomPart part) => part.Factor.Parameters.Count == 1 && part.Widths.All(width => width == 1);
}
