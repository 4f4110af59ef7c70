using System.Collections.Immutable;

namespace OrleansSessions;

/// <summary>The sessions of one user. The key is the subject, the user's stable ID.</summary>
/// <remarks>
/// One grain admits all of a user's sign-ins, so the limit is exact and the list complete: a session is entered here
/// before it is stored, and leaves only when it has ended.
/// </remarks>
[Alias("OrleansSessions.IUserSessionsGrain"), GrainInterfaceType(GrainInterfaceTypes.UserSessions)]
public interface IUserSessionsGrain : IGrainWithStringKey
{
    /// <summary>The user's live sessions, newest first.</summary>
    [Alias("List")]
    Task<ImmutableArray<SessionDescription>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>Ends one of the user's sessions.</summary>
    /// <returns>False where it is none of the user's, has expired, or never came to be.</returns>
    [Alias("Revoke"), ResponseTimeout(WireLimits.RevocationTimeout)]
    Task<bool> RevokeAsync(string sessionId, RevocationReason reason, CancellationToken cancellationToken = default);

    /// <summary>Ends one of the user's sessions for a reason in the application's own words.</summary>
    /// <remarks>A silo of an earlier release does not know the call.</remarks>
    /// <returns>False where it is none of the user's, has expired, or never came to be.</returns>
    [Alias("RevokeOne"), ResponseTimeout(WireLimits.RevocationTimeout)]
    Task<bool> RevokeAsync(RevokeOneRequest request, CancellationToken cancellationToken = default);

    /// <summary>Ends all of the user's sessions but one, or all.</summary>
    /// <returns>How many ended.</returns>
    [Alias("RevokeAll"), ResponseTimeout(WireLimits.RevocationTimeout)]
    Task<int> RevokeAllAsync(RevokeAllRequest request, CancellationToken cancellationToken = default);

    /// <summary>Stores the stamp that sign-ins must carry from now on, and ends nothing.</summary>
    [Alias("SetStamp")]
    Task SetStampAsync(string securityStamp, CancellationToken cancellationToken = default);

    /// <summary>Marks the claims of all of the user's sessions as outdated. When this returns, no request is answered with them.</summary>
    /// <remarks>A sign-in under way is marked as well: its claims may have been read before this call.</remarks>
    [Alias("OutdateClaims"), ResponseTimeout(WireLimits.RevocationTimeout)]
    Task OutdateClaimsAsync(CancellationToken cancellationToken = default);

    /// <summary>A number that is another one after each change of the list, but for sessions that ended by idling.</summary>
    /// <remarks>For open pages, which ask often: it costs no read of the store but one in several seconds.</remarks>
    [Alias("Changes")]
    ValueTask<long> ChangesAsync(CancellationToken cancellationToken = default);
}

/// <summary>The wish to end one of a user's sessions.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="Reason">Why it ends.</param>
/// <param name="ReasonText">Why it ends, in the application's own words; null for none.</param>
[GenerateSerializer, Immutable, Alias("OrleansSessions.RevokeOneRequest")]
public sealed record RevokeOneRequest(
    [property: Id(0)] string SessionId,
    [property: Id(1)] RevocationReason Reason,
    [property: Id(2)] string? ReasonText);

/// <summary>The wish to end a user's sessions.</summary>
/// <param name="Reason">Why they end.</param>
/// <param name="Except">A session that goes on; null for none.</param>
/// <param name="SecurityStamp">The stamp that sign-ins must carry from now on; null to leave it as it is.</param>
[GenerateSerializer, Immutable, Alias("OrleansSessions.RevokeAllRequest")]
public sealed record RevokeAllRequest(
    [property: Id(0)] RevocationReason Reason,
    [property: Id(1)] string? Except = null,
    [property: Id(2)] string? SecurityStamp = null)
{
    /// <summary>Why they end, in the application's own words; null for none.</summary>
    [Id(3)] public string? ReasonText { get; init; }

    /// <summary>Nothing of the stamp: Orleans prints requests that time out.</summary>
    public override string ToString() => $"{nameof(RevokeAllRequest)}: {Reason}";
}
