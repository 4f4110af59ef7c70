using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Session;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OrleansSessions.AspNetCore;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds session state, the <c>HttpContext.Session</c> of ASP.NET Core.</summary>
public static class SessionStateServiceCollectionExtensions
{
    /// <summary>
    /// Keeps <c>HttpContext.Session</c> in grains, in place of a distributed cache. <c>app.UseSession()</c> and
    /// <see cref="SessionOptions"/> stay as they are; <c>AddSession</c> need not be called.
    /// </summary>
    public static IServiceCollection AddOrleansSessionState(this IServiceCollection services, Action<SessionStateOptions>? configure = null)
    {
        services.AddDataProtection();
        services.AddOptions<SessionOptions>();
        services.AddHttpContextAccessor();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<SessionStateCluster>();
        services.TryAddSingleton<SynchronousLoads>();
        services.Replace(ServiceDescriptor.Singleton<ISessionStore, SessionStateStore>());
        services.AddOptions<SessionStateOptions>().Configure(configure ?? (static _ => { })).ValidateDataAnnotations().ValidateOnStart();
        return services;
    }
}
