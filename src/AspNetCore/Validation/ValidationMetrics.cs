using System.Diagnostics.Metrics;

namespace OrleansSessions.AspNetCore;

/// <summary>Counts how requests were validated. No tag names a session or a user.</summary>
internal sealed class ValidationMetrics
{
    /// <summary>The meter of front ends.</summary>
    public const string MeterName = "OrleansSessions.AspNetCore";

    private static readonly KeyValuePair<string, object?> Memory = new("source", "memory");
    private static readonly KeyValuePair<string, object?> Store = new("source", "store");
    private static readonly KeyValuePair<string, object?> Grain = new("source", "grain");

    private readonly Counter<long> _validations;

    public ValidationMetrics(IMeterFactory meters) => _validations = meters.Create(MeterName)
        .CreateCounter<long>("sessions.validations", "{validation}", "Requests whose session was validated, by where the answer came from.");

    public void AnsweredFromMemory() => _validations.Add(1, Memory);

    public void ReadDirectly() => _validations.Add(1, Store);

    public void AskedGrain() => _validations.Add(1, Grain);
}
