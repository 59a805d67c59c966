using System.Text;

namespace MetaSpine;

/// <summary>How far a run over the subsets has come: enough to go on with it in another process, to the same result as without the stop.</summary>
public sealed class GoshCheckpoint
{
    private const string Signature = "MetaSpine subsets 1";

    /// <summary>More numbers than this in one part are no checkpoint of ours.</summary>
    private const int MostNumbers = 1 << 30;

    internal GoshCheckpoint(ulong fingerprint, long next, long blocks, long[] counts, long[] countsWith, double[] sums, double[] estimates, double[] i2) =>
        (Fingerprint, Next, Blocks, Counts, CountsWith, Sums, Estimates, I2) = (fingerprint, next, blocks, counts, countsWith, sums, estimates, i2);

    /// <summary>The share of the subsets that is done, from 0 to 1.</summary>
    public double Done => (double)Next / Blocks;

    /// <summary>Names the studies, the model and the options, so that a checkpoint is not taken up by another run.</summary>
    internal ulong Fingerprint { get; }

    /// <summary>The first block that is not done; all before it are.</summary>
    internal long Next { get; }

    internal long Blocks { get; }

    internal long[] Counts { get; }

    internal long[] CountsWith { get; }

    internal double[] Sums { get; }

    internal double[] Estimates { get; }

    internal double[] I2 { get; }

    /// <summary>Writes the checkpoint; <see cref="Load"/> reads it again, on any machine.</summary>
    public void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write(Signature);
        writer.Write(Fingerprint);
        writer.Write(Next);
        writer.Write(Blocks);
        var check = new Fingerprint().With(Fingerprint).With((ulong)Next).With((ulong)Blocks);
        foreach (var part in new[] { Counts, CountsWith })
        {
            writer.Write(part.Length);
            foreach (var number in part)
            {
                writer.Write(number);
                check = check.With((ulong)number);
            }
        }

        foreach (var part in new[] { Sums, Estimates, I2 })
        {
            writer.Write(part.Length);
            foreach (var number in part)
            {
                writer.Write(number);
                check = check.With(number);
            }
        }

        writer.Write(check.Value);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is not a checkpoint, or it is damaged or cut off.</exception>
    public static GoshCheckpoint Load(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
        try
        {
            if (reader.ReadBytes(Signature.Length + 1) is not [_, .. var signature] || !signature.AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(Signature)))
            {
                throw new InvalidDataException("This is not a checkpoint of a run over subsets; give the file that such a run saved.");
            }

            var (fingerprint, next, blocks) = (reader.ReadUInt64(), reader.ReadInt64(), reader.ReadInt64());
            var check = new Fingerprint().With(fingerprint).With((ulong)next).With((ulong)blocks);
            long[] Whole() => Array.ConvertAll(Numbers(), number => (long)number);
            double[] Real() => Array.ConvertAll(Numbers(), BitConverter.UInt64BitsToDouble);
            ulong[] Numbers()
            {
                var count = reader.ReadInt32();
                if (count is < 0 or > MostNumbers)
                {
                    throw new EndOfStreamException();
                }

                // Grown as it is read: a damaged length must not claim the memory that it speaks of.
                var numbers = new List<ulong>(Math.Min(count, 1 << 16));
                for (var i = 0; i < count; i++)
                {
                    numbers.Add(reader.ReadUInt64());
                    check = check.With(numbers[i]);
                }

                return [.. numbers];
            }

            var checkpoint = new GoshCheckpoint(fingerprint, next, blocks, Whole(), Whole(), Real(), Real(), Real());
            return check.Value == reader.ReadUInt64() && next >= 0 && next <= blocks ? checkpoint : throw new EndOfStreamException();
        }
        catch (EndOfStreamException)
        {
            throw new InvalidDataException("The checkpoint is damaged or cut off; begin the run anew.");
        }
    }
}

/// <summary>A run over subsets was cancelled; what it had done is not lost.</summary>
public sealed class GoshCancelledException : OperationCanceledException
{
    internal GoshCancelledException(GoshCheckpoint checkpoint, CancellationToken token)
        : base(FormattableString.Invariant($"The run over the subsets was cancelled when {100 * checkpoint.Done:0.#}% were done; give its checkpoint as Resume to go on."), token) =>
        Checkpoint = checkpoint;

    /// <summary>Where to go on.</summary>
    public GoshCheckpoint Checkpoint { get; }
}

/// <summary>A number that names a sequence of numbers: FNV-1a (Fowler, Noll and Vo), eight bytes at a time with the high bits folded in.</summary>
internal readonly record struct Fingerprint(ulong Value)
{
    public Fingerprint()
        : this(14695981039346656037)
    {
    }

    public Fingerprint With(ulong number)
    {
        var mixed = (Value ^ number) * 1099511628211;
        return new Fingerprint(mixed ^ mixed >> 29);
    }

    public Fingerprint With(double number) => With(BitConverter.DoubleToUInt64Bits(number));
}
