using System.Diagnostics.Metrics;

namespace OrleansSessions.Grains;

/// <summary>Counts what becomes of sessions. No tag names a session or a user.</summary>
internal sealed class SessionMetrics
{
    private readonly Counter<long> _created;
    private readonly Counter<long> _rotated;
    private readonly Counter<long> _ended;

    public SessionMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(SessionTelemetry.MeterName);
        _created = meter.CreateCounter<long>("sessions.created", "{session}", "Sessions that were signed in.");
        _rotated = meter.CreateCounter<long>("sessions.rotated", "{rotation}", "Secrets that were replaced.");
        _ended = meter.CreateCounter<long>("sessions.ended", "{session}", "Sessions that ended, by reason.");
    }

    public void Created(bool remembered) => _created.Add(1, new KeyValuePair<string, object?>("remembered", remembered));

    public void Rotated() => _rotated.Add(1);

    public void Ended(RevocationReason reason) => _ended.Add(1, new KeyValuePair<string, object?>("reason", reason.ToString()));
}

/// <summary>Names for those who collect telemetry.</summary>
public static class SessionTelemetry
{
    /// <summary>The meter of the grains.</summary>
    public const string MeterName = "OrleansSessions.Grains";
}
