using MetaSpine.Cli;

namespace MetaSpine.Tests;

public sealed class RobCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("metaspine-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [EveryCultureFact]
    public void A_review_is_shown_drawn_and_written_for_robvis()
    {
        var review = Save("r.yaml", Review);
        var text = Run("rob", review);
        text.Status.ShouldBe(0, text.Error);
        text.Out.ShouldContain("Able 2001     x*  (+)");
        text.Out.ShouldContain("- Able 2001: D1 (Randomisation process): judged high, where the algorithm gives");
        Run("rob", review, "-f", "csv").Out.ShouldStartWith("Study,D1,D2,D3,D4,D5,Overall\r\nAble 2001,High,Low,,,,High\r\n");
        Run("rob", review, "-f", "json").Out.ShouldContain("\"algorithm\": \"some concerns\"");
        Run("rob", review, "-f", "markdown").Out.ShouldContain("| Able 2001 |");

        Run("rob", review, "-o", In("lights.svg")).Status.ShouldBe(0);
        File.ReadAllText(In("lights.svg")).ShouldContain("Risk of bias by study (RoB 2)");
        Run("rob", review, "--weights-of", "pain", "-o", In("summary.svg")).Status.ShouldBe(0);
        File.ReadAllText(In("summary.svg")).ShouldContain("Share of the weight");
        File.ReadAllText(In("summary.svg")).ShouldContain("#02c100");
        Run("rob", review, "-o", In("judged.csv")).Status.ShouldBe(0);
        Run("rob", In("judged.csv"), "--tool", "rob2", "--colours", "colourblind", "-o", In("again.svg")).Status.ShouldBe(0);
        File.ReadAllText(In("again.svg")).ShouldContain("#fed98e");
    }

    [EveryCultureFact]
    public void Judgements_choose_the_studies_of_an_analysis()
    {
        var review = Save("r.yaml", Review);
        Run("pool", review, "--exclude-risk-of-bias", "high").Out.ShouldContain("- Able 2001: excluded by the analysis: its risk of bias is judged high (rob2)");
        Run("pool", review, "--subgroup", "risk_of_bias").Out.ShouldContain("risk_of_bias");
        Run("pool", review, "--exclude-risk-of-bias", "hihg").Error.ShouldContain("did you mean high?");
        var table = Save("t.csv", "study,xi,ni\nA,1,9\nB,2,9\n");
        Run("pool", table, "--measure", "PLO", "--exclude-risk-of-bias", "high").Error.ShouldContain("is for study and review files");
        Run("check", review).Out.ShouldContain("warning risk-of-bias: Able 2001: D1 (Randomisation process)");
    }

    [EveryCultureFact]
    public void What_is_asked_wrongly_is_answered_with_what_there_is()
    {
        var review = Save("r.yaml", Review);
        var none = Run("rob");
        none.Status.ShouldBe(2);
        none.Error.ShouldContain("name a file, or ask for --tools");
        Run("rob", "--tools").Out.ShouldContain("jbi-case-series");
        Run("rob", review, "--tool", "robins-i").Error.ShouldContain("No study is judged with 'robins-i'");
        Run("rob", review, "--colours", "pink", "-o", In("x.svg")).Error.ShouldContain("there are cochrane, colourblind, theme");
        Run("rob", review, "--summary").Error.ShouldContain("--summary is for pictures; name one to write, such as -o lights.svg");
        Run("rob", review, "--theme", "bmj", "-o", In("x.csv")).Error.ShouldContain("--theme is for pictures");
        Run("rob", review, "--weights-of", "pian").Error.ShouldContain("did you mean pain?");
        var table = Save("t.csv", "Study,D1,D2,D3,D4,D5,Overall\nA,Low,Low,Low,Low,Low,Low\n");
        Run("rob", table, "--weights-of", "pain").Error.ShouldContain("its weights stand in a column Weight");
        Run("rob", table, "--weights-of", "Weight").Error.ShouldContain("no column Weight");
        Run("rob", Save("u.csv", "Study,D1,Overall\nA,Lwo,Low\n"), "--tool", "rob2").Error.ShouldContain("u.csv:2:3: found 'Lwo'");
        Run("rob", Save("v.yaml", "schema: metaspine/study/1\nid: a\n")).Error.ShouldContain("No study has a judgement of its risk of bias");
    }

    private const string Review = """
        schema: metaspine/review/1
        analyses: [{id: pain, outcome: pain, measure: PLO}]
        studies:
          - id: a
            label: Able 2001
            outcomes: [{id: pain, type: dichotomous, results: [{events: 4, total: 20}]}]
            risk_of_bias:
              - tool: rob2
                answers: {"1.1": NI, "1.2": NI, "1.3": N, "2.1": N, "2.2": N, "2.6": Y}
                domains: {D1: {judgement: high}}
                overall: high
          - id: b
            label: Baker 2004
            outcomes: [{id: pain, type: dichotomous, results: [{events: 7, total: 20}]}]
            risk_of_bias:
              - tool: rob2
                domains: {D1: {judgement: low}, D2: {judgement: low}, D3: {judgement: low}, D4: {judgement: low}, D5: {judgement: low}}
                overall: low
          - id: c
            label: Charlie 2010
            outcomes: [{id: pain, type: dichotomous, results: [{events: 5, total: 30}]}]
            risk_of_bias:
              - tool: rob2
                domains: {D1: {judgement: low}, D2: {judgement: low}, D3: {judgement: low}, D4: {judgement: low}, D5: {judgement: low}}
                overall: low

        """;

    private string In(string name) => Path.Combine(_folder, name);

    private string Save(string name, string text)
    {
        File.WriteAllText(In(name), text);
        return In(name);
    }

    private static (int Status, string Out, string Error) Run(params string[] arguments)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var status = Tool.Run(arguments, new Terminal { In = TextReader.Null, Out = output, Error = error });
        return (status, output.ToString(), error.ToString());
    }
}
