using System.ComponentModel.DataAnnotations;

namespace OrleansSessions.AspNetCore;

/// <summary>How a front end calls the cluster.</summary>
public sealed class SessionClientOptions
{
    /// <summary>The configuration section: <c>OrleansSessions:Client</c>, or environment variables that start with <c>OrleansSessions__Client__</c>.</summary>
    public const string Section = SettingsSections.Client;

    /// <summary>How long one call waits for its answer. Default 3 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.5", "00:00:30", ErrorMessage = "OrleansSessions:Client:ResponseTimeout must lie between 0.5 s and 30 s.")]
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How long a request is retried before it is answered 503. Default 4 s.</summary>
    /// <remarks>An answer is due within 5 s, and what comes before and after the calls takes its time as well.</remarks>
    [Range(typeof(TimeSpan), "00:00:00.5", "00:01:00", ErrorMessage = "OrleansSessions:Client:RetryBudget must lie between 0.5 s and 60 s.")]
    public TimeSpan RetryBudget { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>How long a revocation may take; it waits for leases that cannot be taken back. Default 60 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00", ErrorMessage = "OrleansSessions:Client:RevocationBudget must lie between 1 s and 5 min.")]
    public TimeSpan RevocationBudget { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How often the list of silos is read again: a silo that comes back is used after this long. Default 2 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.5", "00:05:00", ErrorMessage = "OrleansSessions:Client:GatewayRefreshPeriod must lie between 0.5 s and 5 min.")]
    public TimeSpan GatewayRefreshPeriod { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Whether to answer from memory while a lease lasts. Default yes; without, each request is a call to a silo.</summary>
    public bool Leases { get; set; } = true;

    /// <summary>Whether to answer lone visits by reading the session's record from Redis, in place of a call to a silo. Default yes.</summary>
    /// <remarks>It is also what answers signed-in users while no silo does. Without Redis in reach of front ends, turn it off.</remarks>
    public bool DirectReads { get; set; } = true;

    /// <summary>How many sessions are remembered at the most; further ones are asked for each time. Default 200,000.</summary>
    [Range(1, 10_000_000, ErrorMessage = "OrleansSessions:Client:MaxCachedSessions must lie between 1 and 10,000,000.")]
    public int MaxCachedSessions { get; set; } = 200_000;

    /// <summary>How many bytes the tickets of remembered sessions may take together; past that, a session is asked for each time. Default 256 MiB.</summary>
    /// <remarks>A ticket is kept as it is stored, and once more as the claims that were read from it.</remarks>
    [Range(1024, long.MaxValue, ErrorMessage = "OrleansSessions:Client:MaxCachedBytes must be at least 1024.")]
    public long MaxCachedBytes { get; set; } = 256L * 1024 * 1024;

    /// <summary>How often sessions whose leases have ended are forgotten. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00", ErrorMessage = "OrleansSessions:Client:SweepPeriod must lie between 1 s and 10 min.")]
    public TimeSpan SweepPeriod { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How often the session behind open connections is asked for while no lease lasts. Default 3 s.</summary>
    /// <remarks>Less than a lease's duration, so that the silo has someone to tell when the session ends.</remarks>
    [Range(typeof(TimeSpan), "00:00:00.2", "00:01:00", ErrorMessage = "OrleansSessions:Client:WatchPeriod must lie between 0.2 s and 60 s.")]
    public TimeSpan WatchPeriod { get; set; } = TimeSpan.FromSeconds(3);
}
