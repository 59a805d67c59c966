using System.CommandLine;

namespace MetaSpine.Cli;

/// <summary><c>metaspine schema</c>: the JSON Schemas of the file kinds, for editors.</summary>
internal static class SchemaCommand
{
    public static Command Create(Terminal terminal)
    {
        string[] kinds = ["study", "review"];
        var kind = NameArgument.Of("KIND", "study or review", kinds);
        var command = new Command("schema", "Print the JSON Schema of study or review files, for editors.") { kind };
        command.SetAction(parsed => terminal.Out.WriteLine(
            StudyFile.JsonSchema(NameArgument.Value(parsed, kind, "schema", kinds) == "study" ? StudyFileKind.Study : StudyFileKind.Review).TrimEnd()));
        return command;
    }
}

/// <summary><c>metaspine batch</c>: requests as JSON lines.</summary>
internal static class BatchCommand
{
    private const string Protocol =
        """
        A request, one line on standard input (here broken for reading):
          {"id": "a", "kind": "univariate", "measure": "PLO",
           "data": {"xi": [16, 39], "ni": [18, 57]},
           "fits": [{"method": "REML", "test": "knha", "level": 95}]}
        data        columns under metafor's names; metaspine measures lists them;
                    null where a study does not report a value
        slab        the studies' names
        options     add, to, drop00, vtype, correct, onlyo1, addyi, addvi, and flip
                    (true, or a factor for each study)
        fits        method, test, level (percent), tau2 (fixed), weights (one for
                    each study), weighted, tau2_interval (QP, PL, HT, Wald, Wald.log,
                    Wald.sqrt, GENQ), and for a meta-regression
                    mods: {X, rows, columns}, X with the intercept in it, one row
                    for each study that rows names (from 1; all unless given);
                    beside the fit, where asked for: cluster (a name for each study)
                    and robust (CR2, CR3, CR1, CR1p, CR1S, CR0) the cluster-robust errors,
                    profile: true profile-likelihood intervals of the coefficients,
                    share_below: 0.1 the share of true effects below a value on the
                    scale of yi, nagashima: true that prediction interval

        The answer, one line on standard output, in the order of the requests:
          {"id": "a", "yi": [...], "vi": [...], "fits": [{"k": 2, "beta": [...], ...}]}
        k p beta se stat pval ci_lb ci_ub df tau2 se_tau2 QE QEp QM QMp I2 H2 R2 ll
        ll_reml AIC BIC AICc, pi_lb pi_ub (also _simple, _riley, _t), tau2_ci I2_ci
        H2_ci (Q-profile unless tau2_interval says otherwise), tau2_ci_PL (profile
        likelihood, for ML and REML); what was asked for beside it: robust, an object
        with clusters, se, stat, df, pval, ci_lb, ci_ub and the joint test F, df1,
        df2, Fp; ci_lb_PL ci_ub_PL pval_LRT; share_below; pi_lb_nagashima and
        pi_ub_nagashima. What does not apply to a fit is absent.

        Other kinds, whose answers have the names that apply to them:
          mantel-haenszel  counts of two groups; fits with method (MH, Peto), measure
                           (OR, RR, RD, IRR, IRD), correct; also MH, BD and TA, the
                           tests of Cochran-Mantel-Haenszel, Breslow-Day and Tarone,
                           with p-values MHp, BDp and TAp; yi and vi are null unless
                           the request names a measure
          glmm             measure OR, IRR, PLO or IRLN; fits with method (ML, EE),
                           model (CM.EL, CM.AL, UM.FS, UM.RS), nAGQ (quadrature
                           points; as many as needed unless given), test (z, t), mods;
                           also QE_Wld, QE_LRT, QE_df; numbers where there is one
                           coefficient, arrays with mods
          location-scale   yi, vi, X and Z in place of measure and data: the designs
                           of the mean and of tau^2 as they are to be used, intercepts
                           in them (X_columns, Z_columns name them); fits with method
                           (REML, ML), link (log, identity), test (z unless given);
                           also alpha, se_alpha; ll is that of the method
          multilevel       dependent effects: data with yi, vi and the columns that group
                           them; random, the terms (~ 1 | district/school, ~ outcome |
                           trial), and struct, their structures (CS, UN, ...); V, the
                           words "diagonal vi" or the rows of the matrix; X with
                           X_columns for a meta-regression; fits with method (REML, ML),
                           test (z unless given, t, satterthwaite, kenward-roger), dfs
                           (residual, contain, satterthwaite, kenward-roger) and level,
                           or with robust (CR0 ...) and cluster, a column; also ddf,
                           sigma2, tau2, rho, gamma2, phi; of robust fits clusters, beta,
                           se, tstat, df, pval, ci_lb, ci_ub, F, df1, df2, Fp
          diagnostics      yi, vi in place of measure and data; method (REML), test (z)
                           and level; diagnostics, a list of names: influence,
                           influential (studies by number, from 1), rstandard, rstudent,
                           leave1out, cumul_METHOD, blup, gosh_METHOD, hc (Henmi-Copas),
                           regtest, ranktest, trimfill, fsn, tes (excess significance),
                           selmodel (each function, favouring greater and less),
                           permutest_exact (by DL unless method is given); the answer
                           has yi, vi and an object diagnostics with each name,
                           columns as in metafor

        What cannot be answered is {"error": {"code", "message", "path"}} in its
        place: of the line, with its id or else its number, or of one fit or name.
        The next is read. A field that options, fits or mods do not have is an error,
        and so is one of the request that nearly has a known name; others are remarks.
        Lines of white space are skipped.

        """;

    public static Command Create(Terminal terminal)
    {
        var protocol = new Option<bool>("--protocol") { Description = "Print what requests and answers look like." };
        var command = new Command("batch", "Answer requests from other programs: JSON lines in, JSON lines out.") { protocol };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(protocol))
            {
                terminal.Out.Write(Protocol);
            }
            else
            {
                Batch.Run(terminal.In, terminal.Out);
            }
        });
        return command;
    }
}
