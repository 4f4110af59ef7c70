namespace OrleansSessions.SideBySide;

internal sealed partial record Contender
{
    public static Contender Bare { get; } = new("bare", "bare Kestrel, no session",
        "It does no session work at all: the ceiling, not a choice.")
    {
        KeepsSessions = false,
    };

    public static Contender StatelessCookie { get; } = new("stateless-cookie", "stateless encrypted cookie",
        "The cookie is the session: nothing is stored, and nobody is asked. The price is that nobody can end it before it expires.");

    public static Contender TicketStore { get; } = new("ticket-store", "ITicketStore on Redis",
        "One record and one command of Redis for each use or change, and nothing beside it: no index of a user's sessions, no answer without Redis.")
    {
        UsesRedis = true,
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
        "Every server holds every session in memory, and nothing is stored. The price is memory and messages that grow with the number of servers.");

    public static Contender OrleansSessions { get; } = new("orleans-sessions", "OrleansSessions", "")
    {
        UsesRedis = true,
        UsesSilos = true,
        UsesLeases = true,
    };

    public static Contender WithoutLeases { get; } = new("orleans-sessions-no-leases", "OrleansSessions, leases off",
        "With leases off no window is claimed, and no front end has to be told of a change.")
    {
        Server = OrleansSessions.Name,
        UsesRedis = true,
        UsesSilos = true,
        IsVariant = true,
    };

    /// <summary>All contenders, in the order of the tables.</summary>
    public static IReadOnlyList<Contender> All { get; } =
        [Bare, StatelessCookie, TicketStore, AspNetSession, Express, Sticky, Clustering, OrleansSessions, WithoutLeases];
}
