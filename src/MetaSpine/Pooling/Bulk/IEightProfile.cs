using System.Runtime.Intrinsics;

namespace MetaSpine;

/// <summary>What the estimators of tau^2 know of eight problems of equally many studies, a lane for each: <see cref="IProfile"/> of each, with the same digits.</summary>
internal interface IEightProfile
{
    int Studies { get; }

    /// <summary>Studies less coefficients.</summary>
    int Freedom { get; }

    Vector512<double> SmallestVariance { get; }

    Vector512<double> LargestVariance { get; }

    /// <inheritdoc cref="IProfile.UnweightedRss"/>
    Vector512<double> UnweightedRss { get; }

    /// <summary>The moments at a value of tau^2 for each.</summary>
    EightMoments At(Vector512<double> tau2);

    /// <summary>Of the moments at a value of tau^2 only y'Py, tr P and the sum of the weights.</summary>
    EightSpread SpreadAt(Vector512<double> tau2);

    /// <summary>The estimate of tau^2 in a lane, made by itself.</summary>
    double Tau2Alone(int lane, PoolingOptions options);
}
