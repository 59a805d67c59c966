using System.Text.Json;

namespace MetaSpine;

// How results show themselves. The members stand here, and not beside the data, because reports know results and not the other way.

/// <content>How models show themselves.</content>
public abstract partial record ModelResult : Reportable;

/// <content>How a pooled result shows itself.</content>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed partial record PooledResult
{
    internal override ReportParts Parts => PooledReport.Parts(this);

    internal override Table Rows => PooledReport.Exact(this);

    internal override void Write(Utf8JsonWriter writer) => ResultJson.Write(writer, this);
}

/// <content>How a meta-regression shows itself.</content>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed partial record RegressionResult
{
    internal override ReportParts Parts => RegressionReport.Parts(this);

    internal override Table Rows => RegressionReport.Exact(this);

    internal override void Write(Utf8JsonWriter writer) => ResultJson.Write(writer, this);
}

/// <content>How effect sizes show themselves.</content>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed partial record EffectSizes : Reportable
{
    internal override ReportParts Parts => EffectSizesReport.Parts(this);

    internal override Table Rows => EffectSizesReport.Exact(this);

    internal override void Write(Utf8JsonWriter writer) => ResultJson.Write(writer, this);
}

/// <content>How an analysis of a review shows itself.</content>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed partial record AnalysisResult : Reportable
{
    internal override ReportParts Parts => AnalysisReport.Parts(this);

    internal override Table Rows => AnalysisReport.Exact([this]);

    internal override void Write(Utf8JsonWriter writer) => AnalysisReport.Write(writer, this);
}

/// <content>How cluster-robust inference shows itself.</content>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed partial record RobustResult : Reportable
{
    internal override ReportParts Parts => RobustReport.Parts(this);

    internal override Table Rows => RobustReport.Exact(this);

    internal override void Write(Utf8JsonWriter writer) => RobustReport.Write(writer, this);
}

/// <content>How a permutation test shows itself.</content>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed partial record PermutationResult : Reportable
{
    internal override ReportParts Parts => ResamplingReport.Parts(this);

    internal override Table Rows => ResamplingReport.Exact(this);

    internal override void Write(Utf8JsonWriter writer) => ResamplingReport.Write(writer, this);
}

/// <content>How a bootstrap shows itself.</content>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed partial record BootstrapResult : Reportable
{
    internal override ReportParts Parts => ResamplingReport.Parts(this);

    internal override Table Rows => ResamplingReport.Exact(this);

    internal override void Write(Utf8JsonWriter writer) => ResamplingReport.Write(writer, this);
}

/// <content>How a prediction interval over the uncertainty of tau^2 shows itself.</content>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed partial record ConfidencePredictionResult : Reportable
{
    internal override ReportParts Parts => IntervalReport.Parts(this);

    internal override Table Rows => IntervalReport.Exact(this);

    internal override void Write(Utf8JsonWriter writer) => IntervalReport.Write(writer, this);
}

/// <content>How a share of settings shows itself.</content>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed partial record ThresholdShare : Reportable
{
    internal override ReportParts Parts => IntervalReport.Parts(this);

    internal override Table Rows => IntervalReport.Exact(this);

    internal override void Write(Utf8JsonWriter writer) => IntervalReport.Write(writer, this);
}

/// <content>How a Henmi-Copas interval shows itself.</content>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed partial record HenmiCopasResult : Reportable
{
    internal override ReportParts Parts => IntervalReport.Parts(this);

    internal override Table Rows => IntervalReport.Exact(this);

    internal override void Write(Utf8JsonWriter writer) => IntervalReport.Write(writer, this);
}

/// <content>How a profile likelihood shows itself.</content>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed partial record CoefficientProfile : Reportable
{
    internal override ReportParts Parts => IntervalReport.Parts(this);

    internal override Table Rows => IntervalReport.Exact(this);

    internal override void Write(Utf8JsonWriter writer) => IntervalReport.Write(writer, this);
}

/// <content>How a location-scale model shows itself.</content>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed partial record LocationScaleResult : Reportable
{
    internal override ReportParts Parts => LocationScaleReport.Parts(this);

    internal override Table Rows => LocationScaleReport.Exact(this);

    internal override void Write(Utf8JsonWriter writer) => LocationScaleReport.Write(writer, this);
}

/// <content>How multimodel inference shows itself.</content>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed partial record MultimodelResult : Reportable
{
    internal override ReportParts Parts => MultimodelReport.Parts(this);

    internal override Table Rows => MultimodelReport.Exact(this);

    internal override void Write(Utf8JsonWriter writer) => MultimodelReport.Write(writer, this);
}

/// <content>How a comparison of subgroups shows itself.</content>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed partial record SubgroupAnalysis : Reportable
{
    internal override ReportParts Parts => SubgroupReport.Parts(this);

    internal override Table Rows => SubgroupReport.Exact(this);

    internal override void Write(Utf8JsonWriter writer) => SubgroupReport.Write(writer, this);
}

/// <content>How a common effect from counts shows itself.</content>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed partial record StratifiedResult : Reportable
{
    internal override ReportParts Parts => CountsReport.Parts(this);

    internal override Table Rows => PooledReport.Exact(this);

    internal override void Write(Utf8JsonWriter writer) => CountsJson.Write(writer, this);
}

/// <content>How a mixed model for counts shows itself.</content>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed partial record CountModelResult : Reportable
{
    internal override ReportParts Parts => CountsReport.Parts(this);

    internal override Table Rows => CountsReport.Exact(this);

    internal override void Write(Utf8JsonWriter writer) => CountsJson.Write(writer, this);
}

/// <content>How a beta-binomial model shows itself.</content>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed partial record BetaBinomialResult : Reportable
{
    internal override ReportParts Parts => RareEventsReport.Parts(this);

    internal override Table Rows => PooledReport.Exact(this);

    internal override void Write(Utf8JsonWriter writer) => CountsJson.Write(writer, this);
}

/// <content>How an exact odds ratio shows itself.</content>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed partial record ExactOddsRatioResult : Reportable
{
    internal override ReportParts Parts => RareEventsReport.Parts(this);

    internal override Table Rows => PooledReport.Exact(this);

    internal override void Write(Utf8JsonWriter writer) => CountsJson.Write(writer, this);
}

/// <content>How models of dependent effects show themselves.</content>
public abstract partial record MultilevelResult : Reportable
{
    internal override ReportParts Parts => MultilevelReport.Parts(this);

    internal override Table Rows => MultilevelReport.Exact(this);

    internal override void Write(Utf8JsonWriter writer) => MultilevelJson.Write(writer, this);
}

/// <content>In notebooks.</content>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed partial record MultilevelPooledResult;

/// <content>In notebooks.</content>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed partial record MultilevelRegressionResult;

/// <content>How cluster-robust inference for dependent effects shows itself.</content>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed partial record MultilevelRobustResult : Reportable
{
    internal override ReportParts Parts => MultilevelRobustReport.Parts(this);

    internal override Table Rows => MultilevelRobustReport.Exact(this);

    internal override void Write(Utf8JsonWriter writer) => MultilevelRobustReport.Write(writer, this);
}

/// <content>How case diagnostics show themselves.</content>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed partial record InfluenceResult : Reportable
{
    internal override ReportParts Parts => InfluenceReport.Parts(this);

    internal override Table Rows => InfluenceReport.Exact(this);

    internal override void Write(Utf8JsonWriter writer) => InfluenceReport.Write(writer, this);
}

/// <content>How results without some studies show themselves.</content>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed partial record OmissionResult : Reportable
{
    internal override ReportParts Parts => SubsetReport.Parts(this);

    internal override Table Rows => SubsetReport.Exact(Subsets);

    internal override void Write(Utf8JsonWriter writer) => SubsetReport.Write(writer, this);
}

/// <content>How a cumulative meta-analysis shows itself.</content>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed partial record CumulativeResult : Reportable
{
    internal override ReportParts Parts => SubsetReport.Parts(this);

    internal override Table Rows => SubsetReport.Exact(Steps);

    internal override void Write(Utf8JsonWriter writer) => SubsetReport.Write(writer, this);
}

/// <content>How the results of all subsets show themselves.</content>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed partial record GoshResult : Reportable
{
    internal override ReportParts Parts => GoshReport.Parts(this);

    internal override Table Rows => GoshReport.Exact(this);

    internal override void Write(Utf8JsonWriter writer) => GoshReport.Write(writer, this);
}

/// <content>How a model with outliers shows itself.</content>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed partial record OutlierRobustResult : Reportable
{
    internal override ReportParts Parts => OutlierRobustReport.Parts(this);

    internal override Table Rows => OutlierRobustReport.Exact(this);

    internal override void Write(Utf8JsonWriter writer) => OutlierRobustReport.Write(writer, this);
}

/// <content>How predicted true effects show themselves.</content>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed partial record BlupResult : Reportable
{
    internal override ReportParts Parts => BlupReport.Parts(this);

    internal override Table Rows => BlupReport.Exact(this);

    internal override void Write(Utf8JsonWriter writer) => BlupReport.Write(writer, this);
}

/// <content>How the page on a result's sensitivity shows itself.</content>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed partial record SensitivityReport : Reportable
{
    internal override ReportParts Parts => Page();

    internal override Table Rows => Long();

    internal override void Write(Utf8JsonWriter writer) => WriteObject(writer);
}

/// <content>How results by an assumed correlation show themselves.</content>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed partial record CorrelationSweepResult : Reportable
{
    internal override ReportParts Parts => CorrelationSweepReport.Parts(this);

    internal override Table Rows => CorrelationSweepReport.Exact(this);

    internal override void Write(Utf8JsonWriter writer) => CorrelationSweepReport.Write(writer, this);
}

/// <content>In notebooks.</content>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed partial record Table : INotebookDisplay;

/// <content>In notebooks the page has a frame of its own, so that its style and its script stay apart from the notebook's.</content>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed partial class ReviewReport : INotebookDisplay
{
    string INotebookDisplay.ToHtml() => $"<iframe srcdoc=\"{System.Net.WebUtility.HtmlEncode(ToHtml())}\" title=\"{System.Net.WebUtility.HtmlEncode(Title)}\" style=\"width:100%;height:80vh;border:0\"></iframe>\n";
}

/// <content>How a picture shows itself; Markdown takes an SVG as it is.</content>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed partial class Drawing : INotebookDisplay
{
    string INotebookDisplay.ToMarkdown() => ToSvg();
}
