namespace MetaSpine.Tests;

/// <summary>Random streams: the published generator, numbers where they belong, and streams that have nothing to do with each other.</summary>
public sealed class RandomStreamTests
{
    [EveryCultureFact]
    public void Streams_are_the_same_forever()
    {
        // A result that names its seed must be reproducible with every later version.
        var random = new RandomStream(1, 0);
        ulong[] first = [random.Next(), random.Next(), random.Next()];
        first.ShouldBe([17154914556750032435UL, 15481925071032317162UL, 3049712571244418729UL]);
    }

    [EveryCultureFact]
    public void Uniform_and_normal_numbers_have_their_moments()
    {
        const int count = 200_000;
        var random = new RandomStream(42, 7);
        double sum = 0, squares = 0, normal = 0, normalSquares = 0, fourth = 0, product = 0, before = 0;
        for (var i = 0; i < count; i++)
        {
            var u = random.NextUniform();
            var z = random.NextNormal();
            u.ShouldBeInRange(double.Epsilon, 1 - 1e-17);
            sum += u;
            squares += (u - .5) * (u - .5);
            normal += z;
            normalSquares += z * z;
            fourth += z * z * z * z;
            product += z * before;
            before = z;
        }

        // Five standard errors each.
        var unit = 5 / Math.Sqrt(count);
        (sum / count).ShouldBe(.5, unit * Math.Sqrt(1.0 / 12));
        (squares / count).ShouldBe(1.0 / 12, unit * Math.Sqrt(1.0 / 180));
        (normal / count).ShouldBe(0, unit);
        (normalSquares / count).ShouldBe(1, unit * Math.Sqrt(2));
        (fourth / count).ShouldBe(3, unit * Math.Sqrt(96));
        (product / count).ShouldBe(0, unit);
    }

    [EveryCultureFact]
    public void Neighbouring_seeds_and_numbers_share_nothing()
    {
        var seen = new HashSet<ulong>();
        for (ulong seed = 0; seed < 50; seed++)
        {
            for (ulong number = 0; number < 50; number++)
            {
                var random = new RandomStream(seed, number);
                for (var i = 0; i < 4; i++)
                {
                    seen.Add(random.Next());
                }
            }
        }

        seen.Count.ShouldBe(10_000);
    }

    [EveryCultureFact]
    public void Shuffling_makes_every_order_equally_often()
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        var random = new RandomStream(5, 0);
        for (var i = 0; i < 24_000; i++)
        {
            int[] values = [0, 1, 2, 3];
            random.Shuffle(values);
            var key = string.Concat(values);
            counts[key] = counts.GetValueOrDefault(key) + 1;
        }

        counts.Count.ShouldBe(24);

        // Chi-squared with 23 degrees of freedom: its upper tail of 1e-6.
        counts.Values.Sum(count => (count - 1000.0) * (count - 1000) / 1000).ShouldBeLessThan(ChiSquared.UpperQuantile(1e-6, 23));
    }
}
