namespace OrleansSessions.SideBySide;

internal sealed partial record Contender
{
    public static Contender Bare { get; } = new("bare", "bare Kestrel, no session",
        "It does no session work at all: the ceiling, not a choice.")
    {
        KeepsSessions = false,
    };

    public static Contender BareAuthenticated { get; } = new("bare-authenticated", "bare Kestrel, authentication that does nothing",
        "It does no session work at all: the ceiling of what authenticates in ASP.NET Core, not a choice.")
    {
        KeepsSessions = false,
    };

    public static Contender StatelessCookie { get; } = new("stateless-cookie", "stateless encrypted cookie",
        "The cookie is the session: nothing is stored, and nobody is asked. The price is that nobody can end it before it expires.");

    public static Contender TicketStore { get; } = new("ticket-store", "ITicketStore on Redis",
        "One record and one command of Redis for each use or change, and nothing beside it: no index of a user's sessions, no answer without Redis.")
    {
        UsesRedis = true,
        IsTriedWithFaults = true,
    };

    public static Contender FusionCache { get; } = new("fusion-cache", "FusionCache, Redis, backplane",
        "Answers from memory until another server's message arrives. The price is the time until it does, or for ever where it does not.")
    {
        UsesRedis = true,
        IsTriedWithFaults = true,
    };

    public static Contender FusionCacheTight { get; } = new("fusion-cache-tight", "FusionCache, 5 s of memory, nothing in the background",
        "Answers from memory for five seconds, or until another server's message arrives. The price is up to five seconds where it does not.")
    {
        UsesRedis = true,
        IsTriedWithFaults = true,
    };

    public static Contender HybridCache { get; } = new("hybrid-cache", "HybridCache on Redis",
        "Answers from memory for five minutes, and no server tells another of a change. The price is a sign-out that takes so long elsewhere.")
    {
        UsesRedis = true,
        IsTriedWithFaults = true,
    };

    public static Contender RedisTracking { get; } = new("redis-tracking", "Redis with client-side caching",
        "Answers from memory until Redis tells of a change. The price is the time until it does, or until the server notices that it cannot.")
    {
        UsesRedis = true,
        IsTriedWithFaults = true,
    };

    public static Contender IdentityCookie { get; } = new("identity-cookie", "Identity's cookie, stamp every 30 min",
        "The cookie is the session, and is compared with the account every 30 minutes. The price is a sign-out that takes so long, and ends all of a user's sessions.")
    {
        UsesPostgres = true,
        IsTriedWithFaults = true,
    };

    public static Contender IdentityCookieStrict { get; } = new("identity-cookie-strict", "Identity's cookie, stamp every time",
        "The cookie is the session, and each request compares it with the account. The price is queries of the database, and that a sign-out ends all of a user's sessions.")
    {
        UsesPostgres = true,
        IsTriedWithFaults = true,
    };

    public static Contender AspNetSession { get; } = new("aspnet-session", "ASP.NET Core Session on Redis",
        "One record for each session, which holds a user name and no ticket of claims; no index of a user's sessions, no answer without Redis.")
    {
        UsesRedis = true,
    };

    public static Contender Express { get; } = new("express", "express-session on Redis (Node)",
        "One small JSON record for each session, and no index of a user's sessions, no answer without Redis.")
    {
        UsesRedis = true,
        RunsOnNode = true,
    };

    public static Contender Sticky { get; } = new("sticky", "sticky sessions (YARP)",
        "The session lies in the memory of the one server that answers, once, and unstored. The price is uneven load, and that it dies with that server.")
    {
        IsSticky = true,
    };

    public static Contender Clustering { get; } = new("clustering", "session clustering",
        "Every server holds every session in memory, and nothing is stored. The price is memory and messages that grow with the number of servers.")
    {
        IsTriedWithFaults = true,
    };

    public static Contender OrleansSessions { get; } = new("orleans-sessions", "OrleansSessions", "")
    {
        UsesRedis = true,
        UsesSilos = true,
        UsesLeases = true,
        IsTriedWithFaults = true,
    };

    public static Contender WithoutLeases { get; } = new("orleans-sessions-no-leases", "OrleansSessions, leases off",
        "With leases off no window is claimed, and no front end has to be told of a change.")
    {
        Server = OrleansSessions.Name,
        UsesRedis = true,
        UsesSilos = true,
        IsVariant = true,
    };

    public static Contender CoHosted { get; } = new("orleans-sessions-cohosted", "OrleansSessions, co-hosted",
        "Each web server is a silo: fewer processes, and more calls between them.")
    {
        UsesRedis = true,
        IsCoHosted = true,
        UsesLeases = true,
        IsTriedWithFaults = true,
        IsVariant = true,
    };

    public static Contender CookieDropIn { get; } = new("cookie-drop-in", "cookie authentication with OrleansSessions",
        "The stock cookie handler, with Data Protection around the session's secret.")
    {
        UsesRedis = true,
        UsesSilos = true,
        UsesLeases = true,
        IsTriedWithFaults = true,
        IsVariant = true,
    };

    public static Contender IdentityDropIn { get; } = new("identity-drop-in", "Identity with OrleansSessions",
        "Identity's own cookie handler and accounts, with Data Protection around the session's secret.")
    {
        UsesRedis = true,
        UsesPostgres = true,
        UsesSilos = true,
        UsesLeases = true,
        IsTriedWithFaults = true,
        IsVariant = true,
    };

    public static Contender SessionState { get; } = new("orleans-session-state", "ASP.NET Core Session with OrleansSessions",
        "One grain for each session's data, which merges what parallel requests change.")
    {
        UsesRedis = true,
        UsesSilos = true,
        IsVariant = true,
    };

    /// <summary>All contenders, in the order of the tables.</summary>
    public static IReadOnlyList<Contender> All { get; } =
    [
        Bare, BareAuthenticated, StatelessCookie, IdentityCookie, IdentityCookieStrict, TicketStore, AspNetSession, Express,
        FusionCache, FusionCacheTight, HybridCache, RedisTracking, Sticky, Clustering, OrleansSessions, WithoutLeases, CoHosted, CookieDropIn,
        IdentityDropIn, SessionState,
    ];
}
