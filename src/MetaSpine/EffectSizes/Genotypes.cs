namespace MetaSpine;

/// <summary>Counts of the genotypes of a locus with two alleles.</summary>
internal readonly record struct Genotypes(double Homozygous0, double Heterozygous, double Homozygous2) : IStudyRow<Genotypes>
{
    public static MeasureFamily Family { get; } = new("genotype counts",
        [[new("ai", "homozygous for one allele"), new("bi", "heterozygous"), new("ci", "homozygous for the other allele")]]);

    public static Genotypes Read(RowReader row) => new(row.NonNegative("ai"), row.NonNegative("bi"), row.NonNegative("ci"));

    public double Size => Homozygous0 + Heterozygous + Homozygous2;
}

/// <summary>The measure of departure from Hardy-Weinberg equilibrium.</summary>
internal static class GenotypeMeasures
{
    public static readonly Measure REH = new MeasureOf<Genotypes>(
        new("REH", "log relative excess heterozygosity", "relative excess heterozygosity", Scale.Log, 0, "Ziegler, Van Steen & Wellek (2011), Breast Cancer Research and Treatment 128:197, doi:10.1007/s10549-010-1295-z"),
        (g, _) => Math.Log(g.Heterozygous) - (Math.Log(4) + Math.Log(g.Homozygous0) + Math.Log(g.Homozygous2)) / 2,
        [new(VarianceType.LS, (g, _) => (g.Size - g.Heterozygous) / (4 * g.Homozygous0 * g.Homozygous2) + 1 / g.Heterozygous)]);
}
