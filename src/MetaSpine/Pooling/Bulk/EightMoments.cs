using System.Runtime.Intrinsics;

namespace MetaSpine;

/// <summary>Moments of eight problems; see <see cref="Moments"/>.</summary>
internal readonly record struct EightMoments(
    Vector512<double> Rss, Vector512<double> PPy, Vector512<double> PPPy, Vector512<double> TrP, Vector512<double> TrPP, Vector512<double> SumW, Vector512<double> SumW2);

/// <summary>Of the moments of eight problems y'Py, tr P and the sum of the weights.</summary>
internal readonly record struct EightSpread(Vector512<double> Rss, Vector512<double> TrP, Vector512<double> SumW);
