namespace OrleansSessions.SideBySide;

/// <summary>The settings of OrleansSessions that a measurement makes: all others are its defaults.</summary>
internal static class ProductSettings
{
    // Nothing stays in memory for long, so that what a measurement has grains forget is forgotten.
    private const string BusyStay = "OrleansSessions__Sessions__BusyStay";

    /// <summary>A front end's.</summary>
    public static Dictionary<string, string> OfFrontEnd(Contender contender, string? redis) => new()
    {
        ["OrleansSessions__Redis"] = redis ?? "",
        ["OrleansSessions__Client__Leases"] = contender.UsesLeases ? "true" : "false",
    };

    /// <summary>Those of a front end that is a silo as well.</summary>
    public static Dictionary<string, string> OfCoHosted(Contender contender, string? redis, SiloPort silo) => new(OfFrontEnd(contender, redis))
    {
        ["OrleansSessions__Silo__SiloPort"] = $"{silo.Port}",
        ["OrleansSessions__Silo__DrainPeriod"] = "00:00:00",
        [BusyStay] = "00:00:00",
    };

    /// <summary>A silo's.</summary>
    public static Dictionary<string, string> OfSilo(Run run, RedisServer redis, int gateway, Shape shape)
    {
        var settings = new Dictionary<string, string>
        {
            ["OrleansSessions__Redis"] = redis.Address,
            ["OrleansSessions__Silo__SiloPort"] = $"{run.Ports.Next()}",
            ["OrleansSessions__Silo__GatewayPort"] = $"{gateway}",
            [BusyStay] = "00:00:00",
            ["Logging__LogLevel__Default"] = "Warning",
            ["Logging__LogLevel__OrleansSessions"] = "Warning",
        };
        if (shape.SessionsPerUser is { } most)
        {
            settings["OrleansSessions__Sessions__MaxPerUser"] = $"{most}";
        }

        return settings;
    }
}
