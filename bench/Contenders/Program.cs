using Microsoft.AspNetCore.DataProtection;
using OrleansSessions.Contenders;

var builder = WebApplication.CreateBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning);

IContender contender = builder.Configuration["contender"] switch
{
    "bare" => new Bare(),
    "bare-authenticated" => new BareAuthenticated(),
    "stateless-cookie" => new StatelessCookie(),
    "ticket-store" => new TicketStoreOnRedis(),
    "fusion-cache" => new FusionCacheOnRedis(isTight: false),
    "fusion-cache-tight" => new FusionCacheOnRedis(isTight: true),
    "hybrid-cache" => new HybridCacheOnRedis(),
    "redis-tracking" => new RedisTracking(),
    "identity-cookie" => new IdentityCookie(TimeSpan.FromMinutes(30)),
    "identity-cookie-strict" => new IdentityCookie(TimeSpan.Zero),
    "aspnet-session" => new SessionOnRedis(),
    "sticky" => new StickySessions(),
    "clustering" => new SessionClustering(),
    "orleans-sessions" => new OrleansSessionsHandler(isCoHosted: false),
    "orleans-sessions-cohosted" => new OrleansSessionsHandler(isCoHosted: true),
    "orleans-session-state" => new SessionState(),
    "cookie-drop-in" => new CookieSessions(),
    "identity-drop-in" => new IdentityCookie(TimeSpan.FromMinutes(30), areSessions: true),
    "sticky-balancer" => new StickyBalancer(),
    var other => throw new ArgumentException($"--contender {other}: no such contender."),
};

// Every contender's servers share their keys, as its documentation asks for a farm.
builder.Services.AddDataProtection()
    .SetApplicationName("side-by-side")
    .PersistKeysToFileSystem(new DirectoryInfo(builder.Configuration["keys"]!));
contender.AddServices(builder);

var app = builder.Build();
contender.Map(app);
await app.RunAsync();
