using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace OrleansSessions.Server;

/// <summary>Keeps out of an application's log what a silo would fill it with. The application's own settings override it.</summary>
internal static class LogDefaults
{
    /// <summary>Adds what holds for any silo with sessions.</summary>
    public static void AddLogDefaults(this IServiceCollection services)
    {
        // It tells of each run, that is of each activation of a grain: anybody's cookie would write to the log.
        services.SetDefault("Polly", LogLevel.Warning);

        // At every start it takes the time before the start for a stalled thread.
        services.SetDefault("Orleans.Runtime.Watchdog", LogLevel.Error);
    }

    /// <summary>Adds what holds for a silo of which the application need know nothing.</summary>
    public static void AddQuietSilo(this IServiceCollection services)
    {
        services.SetDefault("Orleans", LogLevel.Warning);
        services.AddChosenCollector();
    }

    /// <summary>Adds what holds for a process whose garbage collector was chosen on purpose: Orleans warns of any but the server one.</summary>
    public static void AddChosenCollector(this IServiceCollection services) => services.SetDefault("Orleans.Runtime.Silo", LogLevel.Error);

    // Of two rules for one category the later one counts.
    private static void SetDefault(this IServiceCollection services, string category, LogLevel level) =>
        services.PostConfigure<LoggerFilterOptions>(filter => filter.Rules.Insert(0, new LoggerFilterRule(null, category, level, null)));
}
