
namespace OrleansSessions;

/// <summary>One login of one user in one browser. The key is the session ID of a <see cref="SessionToken"/>.</summary>
/// <remarks>
/// <para>States: unused, active, ended. A session ID signs in at most once, and an ended session stays ended: whatever
/// reaches it later is told so, and writes nothing.</para>
/// <para>Expected outcomes are statuses. An exception means that the store does not answer, never that there is no
/// such session.</para>
/// </remarks>
[Alias("OrleansSessions.ISessionGrain"), GrainInterfaceType(GrainInterfaceTypes.Session)]
public interface ISessionGrain : IGrainWithStringKey
{
    /// <summary>Starts the session: enters it in its user's index, then stores it.</summary>
    /// <remarks>A repeated call with the same secret, after an answer that was lost, finds the session that the first one started.</remarks>
    /// <returns>Whether it was admitted. Once it says so, the login survives the loss of any server.</returns>
    [Alias("SignIn")]
    Task<SessionSignInResult> SignInAsync(SignInRequest request, CancellationToken cancellationToken = default);

    /// <summary>Says whether the holder of a secret is signed in at this moment.</summary>
    /// <returns>
    /// An answer from a read of the store that was sent after the call arrived, or from memory inside the activation's
    /// ownership window, or once the session has ended.
    /// </returns>
    [Alias("Validate")]
    ValueTask<SessionValidationResult> ValidateAsync(ValidationRequest request, CancellationToken cancellationToken = default);

    /// <summary>Replaces the secret. The old one is dead everywhere when this returns.</summary>
    [Alias("Rotate"), ResponseTimeout(WireLimits.RevocationTimeout)]
    Task<RotationResult> RotateAsync(RotationRequest request, CancellationToken cancellationToken = default);

    /// <summary>
    /// Ends the session. When this returns, no front end accepts it any more, unless the request asks for
    /// <see cref="RevocationWait.Durable"/>.
    /// </summary>
    [Alias("Revoke"), ResponseTimeout(WireLimits.RevocationTimeout)]
    Task<RevocationResult> RevokeAsync(RevocationRequest request, CancellationToken cancellationToken = default);

    /// <summary>Replaces the ticket of a session whose claims are outdated, by the holder of its secret.</summary>
    /// <returns>The session as it is now: with the new ticket, or with what else it was changed to meanwhile.</returns>
    [Alias("RenewClaims")]
    Task<SessionValidationResult> RenewClaimsAsync(ClaimsRenewal renewal, CancellationToken cancellationToken = default);

    /// <summary>Takes back a sign-in that its front end has given up: the session ends, or never starts.</summary>
    /// <remarks>No browser has the token. Without this call, the session would count against the user's limit until it ends by itself.</remarks>
    [Alias("Abandon")]
    Task AbandonAsync(Abandonment abandonment, CancellationToken cancellationToken = default);
}
