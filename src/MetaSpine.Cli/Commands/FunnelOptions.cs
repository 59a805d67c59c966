using System.CommandLine;

namespace MetaSpine.Cli;

/// <summary>The options that only a funnel plot has.</summary>
internal sealed class FunnelOptions
{
    private static readonly (string Name, FunnelAxis Axis)[] Axes =
    [
        ("standard-error", FunnelAxis.StandardError), ("variance", FunnelAxis.Variance), ("precision", FunnelAxis.Precision), ("inverse-variance", FunnelAxis.InverseVariance),
        ("size", FunnelAxis.SampleSize), ("root-size", FunnelAxis.SquareRootSampleSize), ("log-size", FunnelAxis.LogSampleSize),
        ("inverse-size", FunnelAxis.InverseSampleSize), ("inverse-root-size", FunnelAxis.InverseSquareRootSampleSize),
    ];

    private readonly Option<bool> _fill = new("--fill") { Description = "In a funnel plot, also the studies that trim and fill adds." };

    private readonly Option<string?> _axis = NameOption.Of("--y-axis", "What stands on the vertical axis of a funnel plot", Axes.Select(axis => axis.Name));

    private readonly Option<bool> _limits = new("--limits") { Description = "In a funnel plot, the limits around the pooled effect instead of the regions of p." };

    public void AddTo(Command command)
    {
        command.Add(_fill);
        command.Add(_axis);
        command.Add(_limits);
    }

    /// <summary>Refuses these options for another plot.</summary>
    public void Refuse(ParseResult parsed, string kind)
    {
        foreach (var option in new Option[] { _fill, _axis, _limits })
        {
            if (parsed.GetResult(option) is { Implicit: false })
            {
                throw new UsageException($"{option.Name} is for plot funnel, not {kind}");
            }
        }
    }

    /// <summary>The plot of a result; regions of p where there is a value of no effect and a standard error on the axis, unless limits are asked for.</summary>
    public Drawing Draw(ParseResult parsed, PooledResult result, PlotTheme theme, string? title)
    {
        var axis = Axes[NameOption.Index(parsed, _axis, Axes.Select(axis => axis.Name))].Axis;
        if (parsed.GetValue(_limits) && axis >= FunnelAxis.SampleSize)
        {
            throw new UsageException($"--limits: they are known by standard errors; leave it out, or choose --y-axis {string.Join(", ", Axes.Where(known => known.Axis < FunnelAxis.SampleSize).Select(known => known.Name))}");
        }

        var options = new FunnelPlotOptions
        {
            Theme = theme, Title = title, Vertical = axis,
            Contours = !parsed.GetValue(_limits) && axis < FunnelAxis.SampleSize && result.Effects.Measure.NullValue is not null,
        };
        return parsed.GetValue(_fill) ? FunnelPlot.Draw(result.TrimAndFill(), options) : FunnelPlot.Draw(result, options);
    }
}
