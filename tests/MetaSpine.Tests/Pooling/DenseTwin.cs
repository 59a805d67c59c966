using MathNet.Numerics.LinearAlgebra;

namespace MetaSpine.Tests;

/// <summary>The textbook formulas with k x k matrices: slow, obvious, and independent of the library's kernels.</summary>
internal sealed class DenseTwin
{
    private readonly Vector<double> _y;
    private readonly Matrix<double> _v;
    private readonly Matrix<double> _x;

    public DenseTwin(double[] y, double[] v, double[][]? rows = null)
    {
        _y = Vector<double>.Build.DenseOfArray(y);
        _v = Matrix<double>.Build.DiagonalOfDiagonalArray(v);
        _x = rows is null ? Matrix<double>.Build.Dense(y.Length, 1, 1) : Matrix<double>.Build.DenseOfRowArrays(rows);
    }

    private int Freedom => _y.Count - _x.ColumnCount;

    public double Q(double tau2) => _y * P(Weights(tau2)) * _y;

    public double DerSimonianLaird()
    {
        var p = P(Weights(0));
        return Math.Max(0, (_y * p * _y - Freedom) / p.Trace());
    }

    public double Hedges()
    {
        var p = P(Matrix<double>.Build.DenseIdentity(_y.Count));
        return Math.Max(0, (_y * p * _y - (p * _v).Trace()) / Freedom);
    }

    public double SidikJonkman()
    {
        var mean = _y.Average();
        var start = _y.Select(y => (y - mean) * (y - mean)).Average();
        return start * Q(start) / Freedom;
    }

    /// <summary>Twice the derivative of the log-likelihood in tau^2.</summary>
    public double Score(double tau2, bool restricted)
    {
        var w = Weights(tau2);
        var p = P(w);
        var py = p * _y;
        return py * py - (restricted ? p : w).Trace();
    }

    public double LogLikelihood(double tau2, bool restricted)
    {
        var w = Weights(tau2);
        var xwx = _x.TransposeThisAndMultiply(w) * _x;
        var log = restricted
            ? Freedom * Math.Log(2 * Math.PI) - Math.Log(_x.TransposeThisAndMultiply(_x).Determinant()) + Math.Log(xwx.Determinant())
            : _y.Count * Math.Log(2 * Math.PI);
        return -(log - w.Diagonal().Sum(weight => Math.Log(weight)) + Q(tau2)) / 2;
    }

    public (Vector<double> Coefficients, Matrix<double> Covariance) Solve(double tau2)
    {
        var xw = _x.TransposeThisAndMultiply(Weights(tau2));
        var covariance = (xw * _x).Inverse();
        return (covariance * xw * _y, covariance);
    }

    private Matrix<double> Weights(double tau2) => Matrix<double>.Build.DiagonalOfDiagonalVector(_v.Diagonal().Map(v => 1 / (v + tau2)));

    private Matrix<double> P(Matrix<double> w) => w - w * _x * (_x.TransposeThisAndMultiply(w) * _x).Inverse() * _x.TransposeThisAndMultiply(w);
}
