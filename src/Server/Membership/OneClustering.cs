using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace OrleansSessions.Server;

/// <summary>Refuses a clustering that the application adds to the silo which <c>AddOrleansSessionsServer</c> brings.</summary>
/// <remarks>Only at the start is it known what an application has added since, by a call of UseOrleans.</remarks>
internal sealed class OneClustering(IServiceCollection services) : IValidateOptions<ClusterSettings>
{
    public ValidateOptionsResult Validate(string? name, ClusterSettings options) =>
        services.Count(static service => service.ServiceType == typeof(IMembershipTable)) == 1
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                "UseOrleans and AddOrleansSessionsServer both set up clustering; call AddOrleansSessions on the ISiloBuilder in UseOrleans in "
                + "place of AddOrleansSessionsServer, or leave the clustering out of UseOrleans.");
}

internal static class OneClusteringExtensions
{
    public static void AddOneClustering(this IServiceCollection services) =>
        services.AddSingleton<IValidateOptions<ClusterSettings>>(new OneClustering(services));
}
