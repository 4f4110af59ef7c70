using System.ComponentModel.DataAnnotations;

namespace OrleansSessions;

/// <summary>Which cluster to join or to call. Silos and front ends must agree on it.</summary>
public sealed class ClusterSettings
{
    /// <summary>The configuration section: <c>OrleansSessions</c>, or environment variables that start with <c>OrleansSessions__</c>.</summary>
    public const string Section = SettingsSections.Root;

    /// <summary>The name of a connection string that serves for <see cref="Redis"/> where that is not set.</summary>
    public const string ConnectionString = "OrleansSessions";

    internal const string RedisName = Section + ":" + nameof(Redis);

    /// <summary>The running cluster: silos find each other by it. Default <c>orleans-sessions</c>.</summary>
    [Required(AllowEmptyStrings = false, ErrorMessage = "OrleansSessions:ClusterId must name the cluster; set OrleansSessions__ClusterId.")]
    public string ClusterId { get; set; } = "orleans-sessions";

    /// <summary>The service: stored sessions belong to it, through any number of clusters. Default <c>orleans-sessions</c>.</summary>
    [Required(AllowEmptyStrings = false, ErrorMessage = "OrleansSessions:ServiceId must name the service; set OrleansSessions__ServiceId.")]
    public string ServiceId { get; set; } = "orleans-sessions";

    /// <summary>Redis, as a StackExchange.Redis connection string. Default <c>127.0.0.1:6379</c>.</summary>
    [Required(AllowEmptyStrings = false, ErrorMessage = "OrleansSessions:Redis must say where Redis is; set OrleansSessions__Redis to HOST:PORT.")]
    public string Redis { get; set; } = "127.0.0.1:6379";
}
