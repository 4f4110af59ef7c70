using System.ComponentModel.DataAnnotations;

namespace OrleansSessions.Grains.Interfaces;

/// <summary>Which cluster to join or to call. Silos and front ends must agree on it.</summary>
public sealed class ClusterSettings
{
    /// <summary>The configuration section: <c>Cluster</c>, or environment variables that start with <c>Cluster__</c>.</summary>
    public const string Section = "Cluster";

    /// <summary>The running cluster: silos find each other by it. Default <c>orleans-sessions</c>.</summary>
    [Required(AllowEmptyStrings = false, ErrorMessage = "Cluster:ClusterId must name the cluster; set Cluster__ClusterId.")]
    public string ClusterId { get; set; } = "orleans-sessions";

    /// <summary>The service: stored sessions belong to it, through any number of clusters. Default <c>orleans-sessions</c>.</summary>
    [Required(AllowEmptyStrings = false, ErrorMessage = "Cluster:ServiceId must name the service; set Cluster__ServiceId.")]
    public string ServiceId { get; set; } = "orleans-sessions";

    /// <summary>Redis, as a StackExchange.Redis connection string. Default <c>127.0.0.1:6379</c>.</summary>
    [Required(AllowEmptyStrings = false, ErrorMessage = "Cluster:Redis must say where Redis is; set Cluster__Redis to HOST:PORT.")]
    public string Redis { get; set; } = "127.0.0.1:6379";
}
