namespace OrleansSessions;

/// <summary>The wish to bind session data to a session.</summary>
/// <param name="Session">The session, with the proof that the request's browser holds it.</param>
/// <param name="Generation">The generation of the data that the request loaded.</param>
[GenerateSerializer, Immutable, Alias("OrleansSessions.SessionDataBinding")]
public sealed record SessionDataBinding([property: Id(0)] SessionProof Session, [property: Id(1)] int Generation)
{
    /// <summary>How long the data may go unused.</summary>
    [Id(2)] public required TimeSpan IdleTimeout { get; init; }

    /// <summary>The public ID of the data, if it has none yet.</summary>
    [Id(3)] public required string DataId { get; init; }
}
