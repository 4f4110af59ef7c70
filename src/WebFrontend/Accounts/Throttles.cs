using Microsoft.Extensions.Options;

namespace OrleansSessions.WebFrontend;

/// <summary>The two throttles by source that a front end keeps.</summary>
/// <remarks>Each front end counts for itself; what protects an account is counted in its grain, for all of them.</remarks>
internal sealed class Throttles(IOptions<WebOptions> options, TimeProvider time)
{
    /// <summary>Failed proofs of a password.</summary>
    public SourceThrottle FailedSignIns { get; } =
        new(options.Value.FailedSignInsPerSource, options.Value.FailedSignInWindow, time);

    /// <summary>Opened accounts, and tries at it.</summary>
    public SourceThrottle Registrations { get; } =
        new(options.Value.RegistrationsPerSource, options.Value.RegistrationWindow, time);
}
