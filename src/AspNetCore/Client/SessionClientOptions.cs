using System.ComponentModel.DataAnnotations;

namespace OrleansSessions.AspNetCore;

/// <summary>How a front end calls the cluster.</summary>
public sealed class SessionClientOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "SessionClient";

    /// <summary>How long one call waits for its answer. Default 3 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.5", "00:00:30", ErrorMessage = "SessionClient:ResponseTimeout must lie between 0.5 s and 30 s.")]
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How long a request is retried before it is answered 503. Default 4.5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.5", "00:01:00", ErrorMessage = "SessionClient:RetryBudget must lie between 0.5 s and 60 s.")]
    public TimeSpan RetryBudget { get; set; } = TimeSpan.FromSeconds(4.5);

    /// <summary>How long a revocation may take; it waits for leases that cannot be taken back. Default 60 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00", ErrorMessage = "SessionClient:RevocationBudget must lie between 1 s and 5 min.")]
    public TimeSpan RevocationBudget { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How often the list of silos is read anew: a silo that comes back is used after this long. Default 2 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.5", "00:05:00", ErrorMessage = "SessionClient:GatewayRefreshPeriod must lie between 0.5 s and 5 min.")]
    public TimeSpan GatewayRefreshPeriod { get; set; } = TimeSpan.FromSeconds(2);
}
