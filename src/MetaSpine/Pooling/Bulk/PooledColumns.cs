using System.Collections.Concurrent;

namespace MetaSpine;

/// <summary>The results of many analyses, a column for each number, on the analysis scale (logs of ratios); NaN where there is none.</summary>
public sealed class PooledColumns
{
    private readonly int[] _studyCount;
    private readonly double[] _estimate;
    private readonly double[] _standardError;
    private readonly double[] _statistic;
    private readonly double[] _degreesOfFreedom;
    private readonly double[] _pValue;
    private readonly double[] _lower;
    private readonly double[] _upper;
    private readonly double[] _predictionLower;
    private readonly double[] _predictionUpper;
    private readonly double[] _tau2;
    private readonly double[] _i2;
    private readonly double[] _h2;
    private readonly double[] _q;
    private readonly double[] _qPValue;
    private readonly ConcurrentDictionary<int, string> _problems = new();

    internal PooledColumns(int count, PoolingOptions options)
    {
        (Count, Options, _studyCount) = (count, options, new int[count]);
        _estimate = new double[count];
        _standardError = new double[count];
        _statistic = new double[count];
        _degreesOfFreedom = new double[count];
        _pValue = new double[count];
        _lower = new double[count];
        _upper = new double[count];
        _predictionLower = new double[count];
        _predictionUpper = new double[count];
        _tau2 = new double[count];
        _i2 = new double[count];
        _h2 = new double[count];
        _q = new double[count];
        _qPValue = new double[count];
    }

    /// <summary>The number of analyses.</summary>
    public int Count { get; }

    /// <summary>How they were pooled.</summary>
    public PoolingOptions Options { get; }

    /// <summary>The studies in each analysis, without those left out.</summary>
    public IReadOnlyList<int> StudyCount => _studyCount;

    /// <summary>The pooled estimates.</summary>
    public IReadOnlyList<double> Estimate => _estimate;

    /// <summary>Their standard errors, as the test scales them.</summary>
    public IReadOnlyList<double> StandardError => _standardError;

    /// <summary>Estimate over standard error.</summary>
    public IReadOnlyList<double> Statistic => _statistic;

    /// <summary>The degrees of freedom of t; NaN for the normal distribution.</summary>
    public IReadOnlyList<double> DegreesOfFreedom => _degreesOfFreedom;

    /// <summary>The two-sided p-values of no effect.</summary>
    public IReadOnlyList<double> PValue => _pValue;

    /// <summary>The lower bounds of the confidence intervals, at the level of the options.</summary>
    public IReadOnlyList<double> Lower => _lower;

    /// <summary>The upper bounds of the confidence intervals.</summary>
    public IReadOnlyList<double> Upper => _upper;

    /// <summary>The lower bounds of the prediction intervals; NaN under equal effects and with one study.</summary>
    public IReadOnlyList<double> PredictionLower => _predictionLower;

    /// <summary>The upper bounds of the prediction intervals; NaN likewise.</summary>
    public IReadOnlyList<double> PredictionUpper => _predictionUpper;

    /// <summary>The variances between studies; 0 under equal effects.</summary>
    public IReadOnlyList<double> Tau2 => _tau2;

    /// <summary>I^2 in percent.</summary>
    public IReadOnlyList<double> I2 => _i2;

    /// <summary>H^2.</summary>
    public IReadOnlyList<double> H2 => _h2;

    /// <summary>Cochran's Q.</summary>
    public IReadOnlyList<double> Q => _q;

    /// <summary>The p-values of no heterogeneity.</summary>
    public IReadOnlyList<double> QPValue => _qPValue;

    /// <summary>Why an analysis could not be pooled, by its position.</summary>
    public IReadOnlyDictionary<int, string> Problems => _problems;

    internal void Set(int analysis, in BulkFit fit)
    {
        _studyCount[analysis] = fit.StudyCount;
        _estimate[analysis] = fit.Estimate;
        _standardError[analysis] = fit.StandardError;
        _statistic[analysis] = fit.Statistic;
        _degreesOfFreedom[analysis] = fit.DegreesOfFreedom;
        _pValue[analysis] = fit.PValue;
        _lower[analysis] = fit.Interval.Lower;
        _upper[analysis] = fit.Interval.Upper;
        _predictionLower[analysis] = fit.Prediction.Lower;
        _predictionUpper[analysis] = fit.Prediction.Upper;
        _tau2[analysis] = fit.Tau2;
        _i2[analysis] = fit.I2;
        _h2[analysis] = fit.H2;
        _q[analysis] = fit.Q;
        _qPValue[analysis] = fit.QPValue;
    }

    internal void Fail(int analysis, string problem)
    {
        _problems[analysis] = problem;
        Set(analysis, BulkFit.None);
    }
}
