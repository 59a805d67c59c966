namespace MetaSpine;

/// <summary>Effects whose sampling covariances no errors can have: their matrix is not positive definite.</summary>
/// <param name="Rows">The effects, from 0.</param>
/// <param name="SmallestEigenvalue">The smallest eigenvalue of their correlations: below 0 where they contradict each other, 0 where one effect follows from the others.</param>
public sealed record CovarianceFault(IReadOnlyList<int> Rows, double SmallestEigenvalue)
{
    /// <summary>The fault as a sentence.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"The sampling errors of {CovarianceInput.Rows(Rows)} cannot have the correlations that V gives them (smallest eigenvalue {SmallestEigenvalue:0.####}): ")
        + (SmallestEigenvalue < -1e-8 ? "they contradict each other; check the assumed correlations and the shared groups." : "one effect follows from the others; leave one out, or assume a smaller correlation.");
}

/// <summary>Effects whose correlations were moved to the nearest possible ones.</summary>
/// <param name="Rows">The effects, from 0.</param>
/// <param name="SmallestEigenvalue">The smallest eigenvalue that their correlations had.</param>
/// <param name="First">One of the two effects whose correlation changed most, from 0.</param>
/// <param name="Second">The other one.</param>
/// <param name="Given">Their correlation as given.</param>
/// <param name="Taken">The one in its place.</param>
public sealed record CovarianceRepair(IReadOnlyList<int> Rows, double SmallestEigenvalue, int First, int Second, double Given, double Taken)
{
    /// <summary>The repair as a sentence.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"The correlations of the sampling errors of {CovarianceInput.Rows(Rows)} were not possible (smallest eigenvalue {SmallestEigenvalue:0.####}) and were moved to the nearest possible ones; ")
        + FormattableString.Invariant($"the largest change is that of rows {First + 1} and {Second + 1}, from {Given:0.####} to {Taken:0.####}. The variances stayed.");
}

/// <summary>A matrix V that sampling errors can have, and what was changed for it.</summary>
/// <param name="Covariance">The matrix; the given one where nothing had to be changed.</param>
/// <param name="Repairs">What was changed, a group of dependent effects each; empty where nothing.</param>
public sealed record NearestCovariance(SamplingCovariance Covariance, IReadOnlyList<CovarianceRepair> Repairs)
{
    /// <summary>What was changed, a sentence each, or that nothing was.</summary>
    public IReadOnlyList<string> Notes => Repairs.Count == 0 ? ["V is positive definite as it was given: nothing was changed."] : [.. Repairs.Select(repair => repair.ToString())];

    /// <summary>The notes.</summary>
    public override string ToString() => string.Join(Environment.NewLine, Notes);
}
