using Microsoft.Extensions.DependencyInjection;

namespace OrleansSessions;

/// <summary>How this process takes part in sessions. There are three ways, and each process takes one of them.</summary>
/// <param name="Call">The call that chose it, for messages.</param>
internal sealed record HostingShape(string Call)
{
    /// <summary>A silo and a front end in one process.</summary>
    public static HostingShape CoHosted { get; } = new("AddOrleansSessionsServer");

    /// <summary>A silo of the application's own, with sessions beside its own grains.</summary>
    public static HostingShape OwnSilo { get; } = new("AddOrleansSessions on ISiloBuilder");

    /// <summary>A front end whose silos are other processes.</summary>
    public static HostingShape Split { get; } = new("AddOrleansSessionsClient");

    /// <summary>Makes the choice.</summary>
    /// <exception cref="InvalidOperationException">It does not go with what the application has already. The message says what to change.</exception>
    public void Choose(IServiceCollection services)
    {
        if (ConflictIn(services) is { } conflict)
        {
            throw new InvalidOperationException(conflict);
        }

        services.AddSingleton(this);
    }

    /// <summary>What was chosen; null where nothing was.</summary>
    public static HostingShape? Of(IServiceCollection services) =>
        (HostingShape?)services.FirstOrDefault(static service => service.ServiceType == typeof(HostingShape))?.ImplementationInstance;

    private string? ConflictIn(IServiceCollection services)
    {
        if (Of(services) is { } chosen)
        {
            return chosen == this
                ? $"{Call} is called twice; remove one of the calls."
                : $"{chosen.Call} and {Call} exclude each other; remove one of the two calls.";
        }

        if (this == OwnSilo)
        {
            return null;
        }

        if (Has<ILocalSiloDetails>(services))
        {
            return $"The application has a silo of its own (UseOrleans); call AddOrleansSessions on its ISiloBuilder in place of {Call}.";
        }

        return Has<IClusterClient>(services)
            ? $"The application has an Orleans client of its own (UseOrleansClient), and {Call} brings one; remove UseOrleansClient."
            : null;
    }

    private static bool Has<T>(IServiceCollection services) => services.Any(static service => service.ServiceType == typeof(T));
}
