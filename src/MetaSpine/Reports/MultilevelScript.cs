using System.Text;

namespace MetaSpine;

/// <summary>R code that repeats a model of dependent effects with metafor's rma.mv; the levels of its groupings are numbered.</summary>
internal static class MultilevelScript
{
    /// <param name="result">The result, whose data the code holds already.</param>
    /// <param name="columns">The columns of the data; none where they are estimates.</param>
    public static string Of(MultilevelPooledResult result, string[] columns)
    {
        var model = result.Model;
        if (result.Random.Any(term => term.Correlation is not null || term.Fixed.Count > 0 || IsOfNumbers(term)))
        {
            return RScript.Comment($"The random effects {string.Join(", ", result.Random)} are not repeated here, as they need more than the groups of effects.");
        }

        var code = new StringBuilder(RScript.EffectSizes(result.Effects, columns));
        code.Append($"dat <- dat[c({Numbers(model.Rows)}), ]\n");
        var (random, structures, next) = (new List<string>(), new List<string>(), 0);
        foreach (var term in result.Random)
        {
            for (var depth = term.Inner.Count > 0 ? term.Grouping.Count : 1; depth <= term.Grouping.Count; depth++)
            {
                var part = model.Parts[next++];
                code.Append(RScript.Comment(part.Name));
                code.Append($"dat$g{next} <- c({Numbers(part.Levels)})\n");
                if (term.Inner.Count > 0)
                {
                    code.Append($"dat$i{next} <- c({Numbers(Array.ConvertAll(part.Entries, entry => entry[0].Effect))})\n");
                    structures.Add(RScript.Text(term.Structure.ToString()));
                }

                random.Add(term.Inner.Count > 0 ? $"~ i{next} | g{next}" : $"~ 1 | g{next}");
            }
        }

        code.Append(Covariance(model));
        if (result.Options.Test == MultilevelTest.Satterthwaite)
        {
            code.Append(RScript.Comment("rma.mv has no degrees of freedom by Satterthwaite: the estimate and its standard error are the same, its interval and p-value have k - p."));
        }
        else if (result.Options.Test == MultilevelTest.KenwardRoger)
        {
            code.Append(RScript.Comment("rma.mv has no test by Kenward and Roger: the estimate is the same, its standard error is not corrected, and its interval and p-value have k - p."));
        }

        var structure = structures.Count == 0 ? "" : $", struct=c({string.Join(", ", structures)})";
        var test = result.Options.Test switch { MultilevelTest.Z => "\"z\"", MultilevelTest.Containment => "\"t\", dfs=\"contain\"", _ => "\"t\"" };
        return code.Append(
            $"res <- rma.mv(yi, V, random=list({string.Join(", ", random)}){structure}, data=dat, slab=study, method={RScript.Text(MethodNames.Of(result.Options.Method).Code)}, test={test}, level={RScript.Number(100 * result.Options.Level)})\nres\n").ToString();
    }

    /// <summary>The matrix V of the effects in the model.</summary>
    private static string Covariance(MultilevelModel model)
    {
        if (model.V.IsDiagonal)
        {
            return "V <- dat$vi\n";
        }

        var code = new StringBuilder("V <- diag(dat$vi)\n");
        foreach (var block in model.V.Blocks.Where(block => block.Rows.Length > 1))
        {
            var rows = $"c({Numbers(block.Rows)})";
            code.Append($"V[{rows}, {rows}] <- c({string.Join(", ", block.Values.Select(RScript.Number))})\n");
        }

        return code.ToString();
    }

    private static bool IsOfNumbers(RandomTerm term) => term.Inner.Count > 0 && term.Structure is CovarianceStructure.CAR or >= CovarianceStructure.SPEXP;

    /// <summary>Numbers from 0, counted from 1.</summary>
    private static string Numbers(int[] values) => string.Join(", ", values.Select(value => RScript.Number(value + 1)));
}
