using System.Text;

namespace MetaSpine.Cli;

/// <summary>
/// A bar on standard error while long work runs, for those who watch it: nothing when the work is quick or nobody watches, and erased
/// when it is done.
/// </summary>
internal sealed class ProgressLine(Terminal terminal, string what, TimeProvider? time = null) : IProgress<double>, IDisposable
{
    private const int Cells = 30;

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(400), Pause = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly long _start = (time ?? TimeProvider.System).GetTimestamp();
    private long _last;
    private bool _isShown, _isDone;

    /// <summary>Shows how much is done, as a proportion; from any thread.</summary>
    public void Report(double value)
    {
        lock (_lock)
        {
            var now = _time.GetTimestamp();
            if (_isDone || !terminal.IsWatched || double.IsNaN(value) || _time.GetElapsedTime(_start, now) < Patience || (_isShown && _time.GetElapsedTime(_last, now) < Pause))
            {
                return;
            }

            (_isShown, _last) = (true, now);
            terminal.Error.Write($"\r\e[K{Line(Math.Clamp(value, 0, 1), _time.GetElapsedTime(_start, now))}");
        }
    }

    /// <summary>Erases the line.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_isShown && !_isDone)
            {
                terminal.Error.Write("\r\e[K");
            }

            _isDone = true;
        }
    }

    private string Line(double done, TimeSpan elapsed)
    {
        var full = (int)(done * Cells);
        var line = new StringBuilder(FormattableString.Invariant($"{what} {new string('━', full)}{new string('─', Cells - full)} {100 * done,3:0}%"));
        var left = done > 0 ? elapsed * ((1 - done) / done) : TimeSpan.Zero;
        if (left.TotalSeconds is >= 2 and < 86400)
        {
            line.Append(FormattableString.Invariant($", {(left.TotalSeconds < 90 ? $"{left.TotalSeconds:0} s" : $"{left.TotalMinutes:0} min")} left"));
        }

        // A line that wraps could not be erased.
        return line.Length < terminal.Width ? line.ToString() : line.ToString(0, terminal.Width - 1);
    }
}
