using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MetaSpine;

/// <summary>Rows of eight numbers, one for each of eight problems, aligned with the processor's cache.</summary>
internal sealed class EightRows
{
    private const int CacheLine = 64;

    private readonly double[] _memory;
    private readonly int _start;

    public EightRows(int rows)
    {
        _memory = GC.AllocateArray<double>(EightLanes.Lanes * (rows + 1), pinned: true);
        _start = (int)(-Marshal.UnsafeAddrOfPinnedArrayElement(_memory, 0) & (CacheLine - 1)) / sizeof(double);
    }

    /// <summary>All numbers, row after row.</summary>
    public Span<double> Numbers => _memory.AsSpan(_start, _memory.Length - EightLanes.Lanes);

    /// <summary>So many rows, from one on.</summary>
    public Span<Vector512<double>> Of(int first, int count) => MemoryMarshal.Cast<double, Vector512<double>>(_memory.AsSpan(_start + first * EightLanes.Lanes, count * EightLanes.Lanes));

    /// <summary>Puts the first problem's numbers into the lanes from one on, in the first rows.</summary>
    public void Repeat(int rows, int from)
    {
        for (var row = 0; row < rows; row++)
        {
            var lanes = Numbers.Slice(EightLanes.Lanes * row, EightLanes.Lanes);
            lanes[from..].Fill(lanes[0]);
        }
    }
}
