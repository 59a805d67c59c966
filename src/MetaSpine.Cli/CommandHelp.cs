using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace MetaSpine.Cli;

/// <summary>The help of a command with examples of what people do most with it.</summary>
internal sealed class CommandHelp(HelpAction usual, Terminal terminal) : SynchronousCommandLineAction
{
    /// <summary>Examples by command.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> Examples = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["pool"] =
        [
            "metaspine pool trials.csv --measure OR",
            "metaspine pool arms.csv --measure SMD --control placebo",
            "metaspine pool series.csv --measure PLO --where outcome=pain",
            "metaspine pool trials.csv --measure RR --formula \"~ year + factor(alloc)\"",
            "metaspine pool review.yaml --analysis pain --profile metafor -o pain.md",
        ],
        ["effects"] = ["metaspine effects trials.csv --measure SMD --format csv", "metaspine effects review.yaml --analysis pain"],
        ["forest"] =
        [
            "metaspine forest trials.csv --measure OR -o forest.svg",
            "metaspine forest trials.csv --measure OR -o forest.html",
            "metaspine forest trials.csv --measure RR --columns year,data,picture,effect",
            "metaspine forest review.yaml -a pain --theme bmj --sort estimate -o pain.pdf",
            "metaspine forest trials.csv --measure OR --also-show EE,mantel-haenszel",
            "metaspine forest effects.csv --random study/effect --effect-names outcome",
        ],
        ["plot"] = ["metaspine plot funnel trials.csv --measure OR -o funnel.svg", "metaspine plot funnel trials.csv --measure OR --limits --y-axis precision", "metaspine plot bubble review.yaml -a latitude --theme jama -o bubble.pdf", "metaspine plot gosh trials.csv --measure RR -o gosh.svg"],
        ["sensitivity"] = ["metaspine sensitivity trials.csv --measure OR", "metaspine sensitivity review.yaml -a pain --order year -o pain.md"],
        ["report"] = ["metaspine report review.yaml -o report.html", "metaspine report review.yaml -o report.md"],
        ["check"] = ["metaspine check studies/*.yaml review.yaml", "metaspine check trials.csv --decimal ,", "metaspine check review.yaml --references library.nbib", "metaspine check review.yaml --format csv -o findings.csv"],
        ["screening"] = ["metaspine screening decisions.csv", "metaspine screening decisions.csv --reviewers Ann,Ben -o agreement.md", "metaspine screening rayyan.ris", "metaspine screening review.yaml --conflicts"],
        ["flow"] = ["metaspine flow review.yaml", "metaspine flow template.csv -o flow.svg", "metaspine flow review.yaml --references a.ris b.nbib --decisions both.csv", "metaspine flow review.yaml -o template.csv"],
        ["dedup"] = ["metaspine dedup embase.ris pubmed.nbib -o unique.ris --review ask.csv", "metaspine dedup library.xml --score Duplicate", "metaspine dedup library.ris --report merges.csv --merge-versions"],
        ["convert"] = ["metaspine convert pubmed.nbib -o library.ris", "metaspine convert embase.ris cochrane.ris --to medline"],
        ["rob"] = ["metaspine rob review.yaml", "metaspine rob review.yaml -o lights.svg", "metaspine rob review.yaml --weights-of pain -o summary.svg", "metaspine rob judgements.csv --tool rob2 -o lights.svg"],
        ["grade"] = ["metaspine grade review.yaml", "metaspine grade review.yaml -o findings.md", "metaspine grade review.yaml -a pain --baseline 20,150"],
        ["compare"] = ["metaspine compare oda2006-ab.yaml oda2006-cd.yaml", "metaspine compare ab/ cd/ -o decisions.csv", "metaspine compare a.yaml b.yaml --decisions list.csv --by EF -o study.yaml"],
        ["diff"] = ["metaspine diff 2024.yaml 2026.yaml", "metaspine diff 2024.yaml 2026.yaml --analysis pain -o update.html"],
        ["measures"] = ["metaspine measures", "metaspine measures SMD", "metaspine measures --format csv -o measures.csv"],
        ["methods"] = ["metaspine methods", "metaspine methods REML", "metaspine methods --format markdown"],
        ["schema"] = ["metaspine schema study > study.schema.json"],
        ["batch"] = ["metaspine batch < requests.jsonl > answers.jsonl", "metaspine batch --protocol"],
        ["new"] = ["metaspine new table -o trials.csv", "metaspine new study -o smith2020.yaml", "metaspine new review -o review.yaml"],
        ["import"] = ["metaspine import review.rm5 -o review.yaml", "metaspine import package.zip --agreement", "metaspine import analyses.csv --agreement -o agreement.csv"],
        ["export"] = ["metaspine export review.yaml -o revman"],
        ["completion"] =
        [
            "metaspine completion bash >> ~/.bashrc",
            "metaspine completion zsh >> ~/.zshrc",
            "metaspine completion fish > ~/.config/fish/completions/metaspine.fish",
            "metaspine completion pwsh >> $PROFILE",
        ],
    };

    /// <summary>Adds the examples to the help of every command.</summary>
    public static void AddTo(RootCommand root, Terminal terminal)
    {
        var option = root.Options.OfType<HelpOption>().Single();
        if (option.Action is HelpAction usual)
        {
            option.Action = new CommandHelp(usual, terminal);

            // Shells that complete a line would offer these before the names of files.
            option.Aliases.Remove("/?");
            option.Aliases.Remove("/h");
        }
    }

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        usual.MaxWidth = terminal.Width;
        var status = usual.Invoke(parseResult);
        if (Examples.TryGetValue(parseResult.CommandResult.Command.Name, out var examples))
        {
            terminal.Out.WriteLine("Examples:");
            foreach (var example in examples)
            {
                terminal.Out.WriteLine($"  {example}");
            }

            terminal.Out.WriteLine();
        }

        return status;
    }
}
