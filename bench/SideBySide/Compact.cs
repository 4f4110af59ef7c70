namespace OrleansSessions.SideBySide;

/// <summary>Who is measured in which scenario when time is short: what the goals and the project's README show.</summary>
internal static class Compact
{
    private static readonly Dictionary<string, Contender[]> Parts = new()
    {
        ["revocation-under-fault"] = [.. Contender.All.Where(contender => contender.IsTriedWithFaults)],
        ["hot"] =
        [
            Contender.BareAuthenticated, Contender.IdentityCookie, Contender.IdentityCookieStrict, Contender.TicketStore, Contender.AspNetSession,
            Contender.Express, Contender.FusionCache, Contender.FusionCacheTight, Contender.HybridCache, Contender.RedisTracking, Contender.OrleansSessions,
            Contender.CoHosted, Contender.CookieDropIn, Contender.IdentityDropIn,
        ],
        ["cold"] =
        [
            Contender.IdentityCookieStrict, Contender.TicketStore, Contender.FusionCache, Contender.HybridCache, Contender.RedisTracking,
            Contender.OrleansSessions, Contender.CoHosted, Contender.CookieDropIn, Contender.IdentityDropIn,
        ],
        ["page-loads"] = [Contender.TicketStore, Contender.FusionCache, Contender.OrleansSessions],
        ["sign-in"] =
        [
            Contender.TicketStore, Contender.FusionCache, Contender.HybridCache, Contender.RedisTracking, Contender.OrleansSessions,
            Contender.CoHosted, Contender.CookieDropIn,
        ],
        ["sign-in-rate"] = [Contender.TicketStore, Contender.OrleansSessions],
        ["session-data"] = [Contender.AspNetSession, Contender.SessionState],
        ["live-connections"] = [Contender.OrleansSessions],
        ["operation-cost"] = [Contender.TicketStore, Contender.OrleansSessions],
        ["revocation"] = [Contender.TicketStore, Contender.OrleansSessions],
        ["server-killed"] = [Contender.TicketStore, Contender.OrleansSessions],
        ["lone-visits"] = [Contender.OrleansSessions],
        ["growth-servers"] = [Contender.OrleansSessions],
    };

    /// <summary>Whether a contender takes part in a scenario.</summary>
    public static bool Includes(string scenario, Contender contender) =>
        Parts.TryGetValue(scenario, out var contenders) && contenders.Contains(contender);
}
