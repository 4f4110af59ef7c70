using System.Collections.Immutable;
using Orleans.Concurrency;

namespace OrleansSessions.Grains.Interfaces;

/// <summary>The sessions of one user. The key is the subject, the user's stable ID.</summary>
/// <remarks>
/// One grain admits all of a user's sign-ins, so the limit is exact and the list complete: a session is entered here
/// before it is stored, and leaves only when it has ended.
/// </remarks>
[Alias("OrleansSessions.IUserSessionsGrain"), GrainInterfaceType(GrainInterfaceTypes.UserSessions)]
public interface IUserSessionsGrain : IGrainWithStringKey
{
    /// <summary>Admits a session, refuses it, or makes room for it, as the limit policy says. For <see cref="ISessionGrain"/> alone.</summary>
    [Alias("Register")]
    Task<SignInStatus> RegisterAsync(SessionRegistration registration, CancellationToken cancellationToken = default);

    /// <summary>The user's live sessions, newest first.</summary>
    [Alias("List")]
    Task<ImmutableArray<SessionDescription>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>Ends one of the user's sessions.</summary>
    /// <returns>False where it is none of the user's, has expired, or never came to be.</returns>
    [Alias("Revoke"), ResponseTimeout(WireLimits.RevocationTimeout)]
    Task<bool> RevokeAsync(string sessionId, RevocationReason reason, CancellationToken cancellationToken = default);

    /// <summary>Ends all of the user's sessions but one, or all.</summary>
    /// <returns>How many ended.</returns>
    [Alias("RevokeAll"), ResponseTimeout(WireLimits.RevocationTimeout)]
    Task<int> RevokeAllAsync(RevokeAllRequest request, CancellationToken cancellationToken = default);

    /// <summary>Takes an ended session off the index. A hint: the index also notices by itself.</summary>
    [Alias("Forget"), OneWay]
    Task ForgetAsync(string sessionId);
}

/// <summary>A session's application for admission.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="CreatedAt">When it started.</param>
/// <param name="ExpiresAt">The moment by which it ends, used or not.</param>
/// <param name="SecurityStamp">The account's stamp when the credentials were checked; null where there is none.</param>
[GenerateSerializer, Immutable, Alias("OrleansSessions.SessionRegistration")]
public sealed record SessionRegistration(
    [property: Id(0)] string SessionId,
    [property: Id(1)] DateTimeOffset CreatedAt,
    [property: Id(2)] DateTimeOffset ExpiresAt,
    [property: Id(3)] string? SecurityStamp);

/// <summary>The wish to end a user's sessions.</summary>
/// <param name="Reason">Why they end.</param>
/// <param name="Except">A session that goes on; null for none.</param>
/// <param name="SecurityStamp">The stamp that sign-ins must carry from now on; null to leave it as it is.</param>
[GenerateSerializer, Immutable, Alias("OrleansSessions.RevokeAllRequest")]
public sealed record RevokeAllRequest(
    [property: Id(0)] RevocationReason Reason,
    [property: Id(1)] string? Except = null,
    [property: Id(2)] string? SecurityStamp = null);
