using System.Runtime.Intrinsics;

namespace MetaSpine;

/// <summary>Fits problems of equally many studies, eight at a time where they are small. Each has the digits of <see cref="InterceptFit.Of"/>, whatever stands beside it.</summary>
internal sealed class EightFits
{
    /// <summary>So many problems are fitted at a time.</summary>
    public const int Lanes = EightLanes.Lanes;

    /// <summary>Beyond so many studies a problem fills the lanes by itself.</summary>
    public const int MostStudies = 64;

    private readonly PoolingOptions _options;
    private readonly EightProblems? _problems;
    private readonly (int Number, InterceptFit Fit)[] _fits = new (int, InterceptFit)[Lanes];
    private int _count;

    /// <param name="options">How; without weights of studies.</param>
    /// <param name="studies">The studies of each problem, at least two.</param>
    public EightFits(PoolingOptions options, int studies)
    {
        (_options, Studies) = (options, studies);
        _problems = studies <= MostStudies ? new EightProblems(studies) : null;
    }

    /// <summary>The studies of each problem.</summary>
    public int Studies { get; }

    public bool IsFull => _count == Lanes;

    /// <summary>Takes a problem, where there is room, under a number of the caller's.</summary>
    public void Add(int number, ReadOnlySpan<double> y, ReadOnlySpan<double> v)
    {
        _fits[_count].Number = number;
        if (_problems is null)
        {
            _fits[_count].Fit = InterceptFit.Of(y, v, _options);
        }
        else
        {
            _problems.Set(_count, y, v);
        }

        _count++;
    }

    /// <summary>The numbers and fits of the problems taken since the last time.</summary>
    public ReadOnlySpan<(int Number, InterceptFit Fit)> Take()
    {
        var count = _count;
        if (_problems is not null && count > 0)
        {
            Fit(_problems, count);
        }

        _count = 0;
        return _fits.AsSpan(0, count);
    }

    private void Fit(EightProblems problems, int count)
    {
        problems.Repeat(count);
        problems.Anchor();
        var atZero = problems.SpreadAt(default);
        var tau2 = EightTau2.Estimate(problems, _options, atZero);
        var (estimate, variance) = problems.Estimate(tau2);
        var rss = problems.SpreadAt(tau2).Rss;
        var classic = _options.Test == PoolingTest.KnappHartungIqwig
            ? problems.Estimate(EightTau2.DerSimonianLaird(problems, atZero)).Variance
            : Vector512.Create(double.NaN);
        for (var lane = 0; lane < count; lane++)
        {
            _fits[lane].Fit = new InterceptFit(atZero.Rss[lane], atZero.TrP[lane], tau2[lane], estimate[lane], variance[lane], rss[lane], classic[lane]);
        }
    }
}
