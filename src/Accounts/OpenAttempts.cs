namespace OrleansSessions.Accounts;

/// <summary>Allowed attempts that have not turned out right or wrong, with the device that each was counted for.</summary>
internal sealed class OpenAttempts(TimeProvider time)
{
    private const int Max = 1_000;

    /// <summary>How long an attempt may yet be expected to turn out right: many times what a hash takes.</summary>
    private static readonly TimeSpan Expected = TimeSpan.FromSeconds(10);

    private readonly Dictionary<long, (string? Device, long Begun)> _attempts = [];
    private long _last;

    /// <summary>Adds an attempt.</summary>
    /// <returns>Its number.</returns>
    public long Add(string? device)
    {
        if (_attempts.Count >= Max)
        {
            _attempts.Clear();
        }

        _attempts[++_last] = (device, time.GetTimestamp());
        return _last;
    }

    public bool Remove(long number, out string? device)
    {
        var found = _attempts.Remove(number, out var attempt);
        device = attempt.Device;
        return found;
    }

    /// <summary>How many attempts of a device, or of all unknown ones, are under way.</summary>
    public int CountOf(string? device) =>
        _attempts.Values.Count(attempt => attempt.Device == device && time.GetElapsedTime(attempt.Begun) < Expected);
}
