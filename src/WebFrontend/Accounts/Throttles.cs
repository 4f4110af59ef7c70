using Microsoft.Extensions.Options;
using OrleansSessions.AspNetCore;

namespace OrleansSessions.WebFrontend;

/// <summary>The two throttles by source.</summary>
internal sealed class Throttles(ClusterCaller cluster, IOptions<WebOptions> options, TimeProvider time)
{
    /// <summary>Failed proofs of a password.</summary>
    public ClusterThrottle FailedProofs { get; } =
        new(cluster, time, "failed-proofs", options.Value.FailedSignInsPerSource, options.Value.FailedSignInWindow);

    /// <summary>Opened accounts, and tries at it.</summary>
    public ClusterThrottle Registrations { get; } =
        new(cluster, time, "registrations", options.Value.RegistrationsPerSource, options.Value.RegistrationWindow);
}
