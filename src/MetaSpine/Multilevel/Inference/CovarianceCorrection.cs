using MathNet.Numerics.LinearAlgebra;

namespace MetaSpine;

/// <summary>
/// Kenward and Roger (1997), Biometrics 53:983, doi:10.2307/2533558, for models of dependent effects: the covariance of the coefficients corrected for the estimation of the variances and
/// correlations, and the tests that go with it. With the terms of Kenward and Roger (2009), Computational Statistics and Data Analysis 53:2583, doi:10.1016/j.csda.2008.12.013, for structures
/// that are not linear in their numbers, so that it does not depend on which numbers describe a structure. The sampling variances are known and have no part in it.
/// </summary>
/// <remarks>
/// Everything is a sum over the blocks M of the marginal covariance, whose effects depend on each other: the cost is that of the cube of a block's size. A number that does not move M, as at
/// a boundary, is taken as known.
/// </remarks>
internal sealed class CovarianceCorrection
{
    /// <summary>Dense matrices of more effects take too long.</summary>
    private const int LargestBlock = 2000;

    /// <summary>In the units of the search, in which numbers are of the size of 1: differences of the fourth order are then good to 1e-9 and better.</summary>
    private const double Step = 1e-3;

    private readonly MultilevelModel _model;
    private readonly int[] _free;
    private readonly Matrix<double> _covariance;
    private readonly Matrix<double>[] _slopes;
    private readonly Matrix<double> _uncertainty;

    public CovarianceCorrection(MultilevelModel model)
    {
        (_model, _free) = (model, model.Free);
        var (p, n) = (model.P, _free.Length);
        _covariance = Matrix<double>.Build.DenseOfRowMajor(p, p, model.Maximum.Fit.Covariance);
        Block[] blocks = [.. MultilevelRobust.Independent(model).Groups().Select(BlockOf)];
        var slopes = _slopes = [.. Enumerable.Range(0, n).Select(i => Sum(blocks, block => block.Slope(i)))];
        var products = new Matrix<double>[n, n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                products[i, j] = Sum(blocks, block => block.Product(i, j));
            }
        }

        _uncertainty = Inverse(Matrix<double>.Build.Dense(n, n, (i, j) => Trace(blocks.Sum(block => block.Trace(i, j)), products[i, j], slopes[i], slopes[j]) / 2));
        Corrected = _covariance;
        if (n == 0)
        {
            return;
        }

        // The curvature of M in all directions, each as far as its number is uncertain, stands behind the slopes of each block.
        var bent = Array.ConvertAll(blocks, block => block.With(Curvature(block)));
        var curvature = Sum(bent, block => block.Slope(n));
        var bias = _uncertainty * Vector<double>.Build.Dense(n, i => -Trace(bent.Sum(block => block.Trace(n, i)), Sum(bent, block => block.Product(n, i)), curvature, slopes[i]) / 4);
        var correction = curvature / -2;
        for (var i = 0; i < n; i++)
        {
            correction -= bias[i] * slopes[i];
            for (var j = 0; j < n; j++)
            {
                correction += 2 * _uncertainty[i, j] * (products[i, j] - slopes[i] * _covariance * slopes[j]);
            }
        }

        Corrected = _covariance + _covariance * (correction + correction.Transpose()) * _covariance / 2;
    }

    /// <summary>The corrected covariance of the coefficients, p x p.</summary>
    public Matrix<double> Corrected { get; }

    /// <summary>
    /// The factor of the F statistic of some linear combinations, by the corrected covariance, and its denominator's degrees of freedom; null where no number is uncertain.
    /// </summary>
    /// <param name="rows">A combination in each row.</param>
    public (double Scale, double DegreesOfFreedom)? Test(Matrix<double> rows)
    {
        var plain = (rows * _covariance).TransposeAndMultiply(rows);
        var slopes = Array.ConvertAll(_slopes, slope => plain.Solve((rows * _covariance * slope * _covariance).TransposeAndMultiply(rows)));
        double a1 = 0, a2 = 0;
        for (var i = 0; i < slopes.Length; i++)
        {
            for (var j = 0; j < slopes.Length; j++)
            {
                a1 += _uncertainty[i, j] * slopes[i].Trace() * slopes[j].Trace();
                a2 += _uncertainty[i, j] * (slopes[i] * slopes[j]).Trace();
            }
        }

        return a2 > 0 ? KenwardRoger.Scaled(rows.RowCount, a1, a2) : null;
    }

    private Block BlockOf(int[] rows)
    {
        if (rows.Length > LargestBlock)
        {
            throw new PoolingException(FormattableString.Invariant(
                $"Kenward and Roger's correction needs dense matrices of effects that depend on each other, and {rows.Length} do so here; up to {LargestBlock} are possible. Take the test satterthwaite."));
        }

        var (p, inverse) = (_model.P, Dense(rows, _model.Maximum.Theta).Cholesky().Solve(Matrix<double>.Build.DenseIdentity(rows.Length)));
        var x = Matrix<double>.Build.Dense(rows.Length, p, (i, j) => _model.X[rows[i] * p + j]);
        return new(rows, x, inverse, inverse * x, [.. Enumerable.Range(0, _free.Length).Select(i =>
        {
            Matrix<double> At(double steps) => Dense(rows, Moved(Vector<double>.Build.Dense(_free.Length, j => i == j ? steps * Step : 0)));
            return inverse * (8 * (At(1) - At(-1)) - (At(2) - At(-2))) / (12 * Step);
        })]);
    }

    /// <summary>M^-1 times the sum of the second derivatives of M, each by the covariance of its two numbers.</summary>
    private Matrix<double> Curvature(Block block)
    {
        var spectrum = _uncertainty.Evd(Symmetricity.Symmetric);
        var (sum, middle) = (Matrix<double>.Build.Dense(block.Rows.Length, block.Rows.Length), Dense(block.Rows, _model.Maximum.Theta));
        for (var i = 0; i < _free.Length; i++)
        {
            Matrix<double> At(double steps) => Dense(block.Rows, Moved(steps * Step * spectrum.EigenVectors.Column(i)));
            sum += spectrum.EigenValues[i].Real / (12 * Step * Step) * (16 * (At(1) + At(-1)) - (At(2) + At(-2)) - 30 * middle);
        }

        return block.Inverse * sum;
    }

    private Matrix<double> Dense(int[] rows, double[] theta) => Matrix<double>.Build.DenseOfRowMajor(rows.Length, rows.Length, _model.Marginal(rows, theta));

    /// <summary>The parameters some way off in the numbers of the search.</summary>
    private double[] Moved(Vector<double> way)
    {
        var theta = (double[])_model.Maximum.Theta.Clone();
        for (var j = 0; j < _free.Length; j++)
        {
            var row = _model.Likelihood.Parameters[_free[j]];
            theta[_free[j]] = ComponentScale.Natural(row, ComponentScale.Search(row, theta[_free[j]], _model.Unit) + way[j], _model.Unit).Value;
        }

        return theta;
    }

    /// <summary>tr(P A P B), P being M^-1 without what the coefficients take.</summary>
    private double Trace(double whole, Matrix<double> product, Matrix<double> first, Matrix<double> second) =>
        whole - 2 * (_covariance * product).Trace() + (_covariance * first * _covariance * second).Trace();

    /// <summary>The inverse of the information where there is some.</summary>
    private static Matrix<double> Inverse(Matrix<double> information)
    {
        var inverse = Matrix<double>.Build.Dense(information.RowCount, information.RowCount);
        if (information.RowCount == 0)
        {
            return inverse;
        }

        var spectrum = information.Evd(Symmetricity.Symmetric);
        var largest = spectrum.EigenValues.Max(value => value.Real);
        for (var i = 0; i < information.RowCount; i++)
        {
            if (spectrum.EigenValues[i].Real > 1e-10 * largest)
            {
                inverse += spectrum.EigenVectors.Column(i).OuterProduct(spectrum.EigenVectors.Column(i)) / spectrum.EigenValues[i].Real;
            }
        }

        return inverse;
    }

    private Matrix<double> Sum(IEnumerable<Block> blocks, Func<Block, Matrix<double>> part) =>
        blocks.Aggregate(Matrix<double>.Build.Dense(_model.P, _model.P), (sum, block) => sum + part(block));

    /// <summary>Effects that depend on each other, with M^-1, M^-1 X and M^-1 times each derivative of M.</summary>
    private sealed record Block(int[] Rows, Matrix<double> X, Matrix<double> Inverse, Matrix<double> Weighted, Matrix<double>[] Turned)
    {
        public Block With(Matrix<double> turned) => this with { Turned = [.. Turned, turned] };

        /// <summary>X'M^-1 A M^-1 X.</summary>
        public Matrix<double> Slope(int a) => X.TransposeThisAndMultiply(Turned[a]) * Weighted;

        /// <summary>X'M^-1 A M^-1 B M^-1 X.</summary>
        public Matrix<double> Product(int a, int b) => X.TransposeThisAndMultiply(Turned[a]) * (Turned[b] * Weighted);

        /// <summary>tr(M^-1 A M^-1 B).</summary>
        public double Trace(int a, int b) => Turned[a].PointwiseMultiply(Turned[b].Transpose()).ColumnSums().Sum();
    }
}
