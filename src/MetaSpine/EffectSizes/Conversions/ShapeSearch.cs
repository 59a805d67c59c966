namespace MetaSpine;

/// <summary>The least value of a function of one number over an interval: a grid to find the valley, then golden sections.</summary>
internal static class ShapeSearch
{
    private const double Golden = 0.38196601125010515;

    /// <summary>The point with the least value; a NaN of the function counts as infinitely high.</summary>
    public static double Minimum(Func<double, double> function, double lower, double upper, int cells)
    {
        int best = 0;
        var least = double.PositiveInfinity;
        for (var i = 0; i <= cells; i++)
        {
            var value = function(At(i));
            if (value < least)
            {
                (best, least) = (i, value);
            }
        }

        double low = At(Math.Max(best - 1, 0)), high = At(Math.Min(best + 1, cells));
        double left = low + Golden * (high - low), right = high - Golden * (high - low);
        double atLeft = function(left), atRight = function(right);
        while (high - low > 1e-10 * Math.Max(1, Math.Abs(low)))
        {
            if (atRight < atLeft)
            {
                (low, left, atLeft) = (left, right, atRight);
                right = high - Golden * (high - low);
                atRight = function(right);
            }
            else
            {
                (high, right, atRight) = (right, left, atLeft);
                left = low + Golden * (high - low);
                atLeft = function(left);
            }
        }

        // Where the function is least at an end of the interval, the end itself is the answer.
        var middle = .5 * (low + high);
        return function(middle) < least ? middle : At(best);

        double At(int i) => i == cells ? upper : lower + i * (upper - lower) / cells;
    }
}
