namespace MetaSpine.Tests;

/// <summary>Residuals of Mantel-Haenszel and Peto estimates: metafor 3.8.1 on the BCG trials, and studies without an estimate of their own.</summary>
public sealed class StratifiedResidualsTests
{
    /// <summary>Both programs compute closed forms; metafor's numbers are printed to twelve decimals.</summary>
    private const double Tolerance = 2e-12;

    private static readonly int[] Rows = [0, 3, 7, 12];

    private static EffectData Trials => ReferenceCase.Load("bcg-or").Effects.Data;

    /// <summary>rstandard and rstudent of rma.mh and rma.peto, trials 1, 4, 8 and 13: z, then the deleted residual with its standard error and z.</summary>
    public static TheoryData<string, double[], double[], double[], double[]> Metafor => new()
    {
        {
            "OR", [-0.778587146370, -6.897087960019, 7.668676584397, 1.703992481206], [-0.467738839230, -1.100973334835, 0.845280420394, 0.467025940620],
            [0.599011780654, 0.148998389717, 0.083992624599, 0.270847522828], [-0.780850818525, -7.389162640793, 10.063745768474, 1.724313132880]
        },
        {
            "RR", [-0.763409495808, -6.983343651350, 7.398378819063, 1.633116409094], [-0.437931863992, -1.102310271413, 0.787750650448, 0.446434244714],
            [0.571961438250, 0.147400252168, 0.081626360966, 0.270163101075], [-0.765666764759, -7.478347256522, 9.650689325395, 1.652461949606]
        },
        {
            "RD", [-1.551329555754, -8.510016600759, 9.388754403274, 7.578677906418], [-0.043360602475, -0.012362885212, 0.006798642826, 0.003620591177],
            [0.027931174224, 0.001373551958, 0.000579063900, 0.000533256690], [-1.552408865026, -9.000668044283, 11.740747135875, 6.789584164710]
        },
        {
            "PETO", [-0.725686384089, -6.969037190983, 7.685187113095, 1.708367340678], [-0.388206078068, -0.911987236113, 0.828154046237, 0.467913887598],
            [0.533384535033, 0.122303988753, 0.082590040225, 0.270714672446], [-0.727816523671, -7.456725209125, 10.027287115783, 1.728439331972]
        },
    };

    [EveryCultureTheory]
    [MemberData(nameof(Metafor))]
    public void Residuals_agree_with_metafor(string measure, double[] z, double[] deleted, double[] error, double[] deletedZ)
    {
        var result = (measure == "PETO" ? PetoMethod.Pool(Trials) : MantelHaenszel.Pool(Measures.Find(measure), Trials)).Residuals();
        for (var i = 0; i < Rows.Length; i++)
        {
            var study = result.Studies[Rows[i]];
            study.Standardised!.Value.ShouldBe(z[i], Tolerance);
            study.DeletedResidual!.Value.ShouldBe(deleted[i], Tolerance);
            study.DeletedResidualStandardError!.Value.ShouldBe(error[i], Tolerance);

            // Printed to twelve decimals, the parts of a ratio near 0.0005 are known to 1e-9 of themselves.
            study.Studentised!.Value.ShouldBe(deletedZ[i], Tolerance);
        }

        result.Studies.Sum(study => study.Weight).ShouldBe(1, 1e-14);
        result.Outlying.ShouldAllBe(study => Math.Abs(study.Studentised!.Value) > 1.96);
        result.ToString().ShouldContain($"{result.Outlying.Count()} of the 13 studies lie more than 1.96 standard errors");
    }

    [EveryCultureFact]
    public void A_study_without_events_has_no_residual_and_the_others_have()
    {
        var data = new EffectData(["Empty", "Large", "Small"]) { ["ai"] = [0, 5, 3], ["n1i"] = [20, 50, 40], ["ci"] = [0, 9, 6], ["n2i"] = [20, 50, 45] };
        var found = MantelHaenszel.Pool(Measures.OR, data).Residuals();
        (found.Studies[0].Standardised, found.Studies[0].Studentised).ShouldBe((null, null));
        found.Notes.ShouldBe(["Empty has no residual: it has no estimate of its own."]);

        // metafor 3.8.1 prints -0.0404 (0.9541) for either of the two others, which lie apart by the same distance.
        found.Studies[1].DeletedResidual!.Value.ShouldBe(-0.0404, 5e-5);
        found.Studies[1].DeletedResidualStandardError!.Value.ShouldBe(0.9541, 5e-5);
        found.Studies[2].DeletedResidual!.Value.ShouldBe(-found.Studies[1].DeletedResidual!.Value, 1e-12);
        Should.Throw<PoolingException>(() => MantelHaenszel.Pool(Measures.OR, data.Only([1, 2])).Residuals()).Message.ShouldContain("at least 3 studies");
    }
}
