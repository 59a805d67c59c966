namespace MetaSpine;

/// <summary>A log-likelihood with its derivatives, in parameters that are scaled so that all curvatures are of the order of the number of studies.</summary>
internal interface ILikelihood
{
    /// <summary>The number of parameters.</summary>
    int Size { get; }

    /// <summary>The log-likelihood; minus infinity where it cannot be computed.</summary>
    double Value(double[] scaled);

    /// <summary>The gradient and the Hessian, row by row.</summary>
    (double[] Gradient, double[] Hessian) Derivatives(double[] scaled);
}
