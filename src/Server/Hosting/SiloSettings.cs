using System.ComponentModel.DataAnnotations;

namespace OrleansSessions.Server;

/// <summary>Where this silo is reached, and how it treats its store.</summary>
public sealed class SiloSettings
{
    /// <summary>The configuration section: <c>OrleansSessions:Silo</c>, or environment variables that start with <c>OrleansSessions__Silo__</c>.</summary>
    public const string Section = SettingsSections.Silo;

    /// <summary>The value of <see cref="AdvertisedAddress"/> that means this machine's own address.</summary>
    public const string AutomaticAddress = "auto";

    /// <summary>The port for other silos. Neither encrypted nor authenticated: private network only. Default 11111.</summary>
    [Range(1, 65535, ErrorMessage = "OrleansSessions:Silo:SiloPort must be a port from 1 to 65535; set OrleansSessions__Silo__SiloPort.")]
    public int SiloPort { get; set; } = 11111;

    /// <summary>The port for front ends. Neither encrypted nor authenticated: private network only. Default 30000.</summary>
    [Range(1, 65535, ErrorMessage = "OrleansSessions:Silo:GatewayPort must be a port from 1 to 65535; set OrleansSessions__Silo__GatewayPort.")]
    public int GatewayPort { get; set; } = 30000;

    /// <summary>
    /// The IP address or host name at which silos and front ends reach this silo, or <c>auto</c> for the machine's own
    /// first address (IPv4, where it has one), which is what a container wants. Default: none, which means 127.0.0.1.
    /// </summary>
    public string? AdvertisedAddress { get; set; }

    /// <summary>Whether to listen on every address of the machine, for when the advertised one is not its own. Default false.</summary>
    public bool ListenOnAnyAddress { get; set; }

    /// <summary>How long Redis may take to be reached at the start, before the silo gives up. Default 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00", ErrorMessage = "OrleansSessions:Silo:StartTimeout must lie between 1 s and 10 min; set OrleansSessions__Silo__StartTimeout as hh:mm:ss.")]
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// After how long Redis drops a session's record that nothing has touched: garbage collection, behind all timeouts.
    /// In whole seconds. Default 31 days.
    /// </summary>
    [Range(typeof(TimeSpan), "00:01:00", "10000.00:00:00", ErrorMessage = "OrleansSessions:Silo:StoreRetention must be at least a minute; set OrleansSessions__Silo__StoreRetention as d.hh:mm:ss.")]
    public TimeSpan StoreRetention { get; set; } = TimeSpan.FromDays(31);

    /// <summary>
    /// For how long a web application that hosts sessions goes on serving after it was told to stop: longer than its balancer takes to
    /// notice that it is not ready. Default 5 s, and nothing in the environment Development.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00", ErrorMessage = "OrleansSessions:Silo:DrainPeriod must lie between 0 and 5 min; set OrleansSessions__Silo__DrainPeriod as hh:mm:ss.")]
    public TimeSpan DrainPeriod { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How many replicas must have a write before it is acknowledged: 1 lets no failover lose one where the best replica is
    /// promoted. Where fewer have it after a second, the write counts as unknown. Default 0: none.
    /// </summary>
    [Range(0, 100, ErrorMessage = "OrleansSessions:Silo:WaitForReplicas must lie between 0 and 100; set OrleansSessions__Silo__WaitForReplicas.")]
    public int WaitForReplicas { get; set; }
}
