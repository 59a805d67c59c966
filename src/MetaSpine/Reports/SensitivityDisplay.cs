namespace MetaSpine;

// How answers to questions about a result show themselves; as in Display.cs, and all through one view.

/// <content>How a selection model shows itself.</content>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed partial record SelectionResult : QuestionReport
{
    internal override SensitivityView View => SelectionReport.Of(this);
}

/// <content>How selection models side by side show themselves.</content>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed partial record SelectionSweepResult : QuestionReport
{
    internal override SensitivityView View => SelectionReport.Of(this);
}

/// <content>How all tests of small-study effects show themselves.</content>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed partial record SmallStudyTestsResult : QuestionReport
{
    internal override SensitivityView View => SelectionReport.Of(this);
}

/// <content>How a result against the smallest effect that matters shows itself.</content>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed partial record SmallestEffectResult : QuestionReport
{
    internal override SensitivityView View => SelectionReport.Of(this);
}

/// <content>How a Copas model shows itself.</content>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed partial record CopasResult : QuestionReport
{
    internal override SensitivityView View => SelectionReport.Of(this);
}

/// <content>How a bound for unreported outcomes shows itself.</content>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed partial record ReportingBiasResult : QuestionReport
{
    internal override SensitivityView View => SelectionReport.Of(this);
}

/// <content>How a sequence of looks shows itself.</content>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed partial record SequentialDesign : QuestionReport
{
    internal override SensitivityView View => SelectionReport.Of(this);
}

/// <content>How a trial sequential analysis shows itself.</content>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed partial record TrialSequentialResult : QuestionReport
{
    internal override SensitivityView View => SelectionReport.Of(this);
}

/// <content>How a fragility index shows itself.</content>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed partial record FragilityResult : QuestionReport
{
    internal override SensitivityView View => SelectionReport.Of(this);
}

/// <content>How a multiverse shows itself.</content>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed partial record MultiverseResult : QuestionReport
{
    internal override SensitivityView View => SelectionReport.Of(this);
}

/// <content>How the residuals of a Mantel-Haenszel or Peto estimate show themselves.</content>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed partial record StratifiedResidualsResult : QuestionReport
{
    internal override SensitivityView View => OmissionReport.Of(this);
}

/// <content>How a meta-regression without some of its studies shows itself.</content>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed partial record RegressionOmissionResult : QuestionReport
{
    internal override SensitivityView View => OmissionReport.Of(this);
}

/// <content>How a result of dependent effects without each cluster shows itself.</content>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed partial record ClusterOmissionResult : QuestionReport
{
    internal override SensitivityView View => DependenceReport.Of(this);
}

/// <content>How the tests of the variances of dependent effects show themselves.</content>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed partial record ComponentTestsResult : QuestionReport
{
    internal override SensitivityView View => DependenceReport.Of(this);
}

/// <content>How Egger's test of dependent effects shows itself.</content>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed partial record MultilevelAsymmetryResult : FigureReport
{
    internal override Figures Figures => DependenceReport.Of(this);
}
