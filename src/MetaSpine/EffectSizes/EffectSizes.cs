namespace MetaSpine;

/// <summary>The effect sizes of a set of studies under one measure, with the data that they came from.</summary>
public sealed partial record EffectSizes
{
    /// <summary>The measure.</summary>
    public required Measure Measure { get; init; }

    /// <summary>The options they were computed with.</summary>
    public required EffectSizeOptions Options { get; init; }

    /// <summary>The data they were computed from, row for row.</summary>
    public required EffectData Data { get; init; }

    /// <summary>One entry per row of the data, in its order; an entry without an estimate says why.</summary>
    public required IReadOnlyList<EffectSize> Studies { get; init; }

    /// <summary>The number of studies, those without an estimate included.</summary>
    public int Count => Studies.Count;

    /// <summary>
    /// Brings a value from the analysis scale to the scale that people read: exp for log ratios, the inverse logit for PLO.
    /// For Freeman-Tukey measures the size is the harmonic mean of the studies' sizes (Miller 1978, The American
    /// Statistician 32:138, doi:10.1080/00031305.1978.10479283).
    /// </summary>
    public double BackTransform(double value) => Measure.Scale.Back(value, HarmonicMeanSize);

    /// <summary>The harmonic mean of the sizes of the studies that have an estimate; NaN where a size is unknown.</summary>
    public double HarmonicMeanSize
    {
        get
        {
            double sum = 0;
            var count = 0;
            foreach (var study in Studies)
            {
                if (study.IsComputed)
                {
                    sum += 1 / study.Size;
                    count++;
                }
            }

            return count / sum;
        }
    }
}
