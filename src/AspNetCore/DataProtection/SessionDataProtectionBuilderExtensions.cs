using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.Infrastructure;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using OrleansSessions;
using OrleansSessions.AspNetCore;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Keeps the keys of Data Protection where sessions are.</summary>
public static class SessionDataProtectionBuilderExtensions
{
    /// <summary>
    /// Keeps the keys in the Redis of the sessions, for what an application protects by itself: antiforgery tokens, and those of
    /// ASP.NET Core Identity. All front ends of one service ID share them.
    /// </summary>
    /// <remarks>
    /// Sessions themselves need no keys. The application's name is the service ID, unless it has set another one. While
    /// sessions are in memory, the keys stay where the framework has them.
    /// </remarks>
    public static IDataProtectionBuilder PersistKeysToOrleansSessions(this IDataProtectionBuilder builder)
    {
        var services = builder.Services;
        if (services.Any(static service => service.ServiceType == typeof(KeyStore)))
        {
            return builder;
        }

        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<KeyStore>();
        services.AddSingleton<StoredKeys>();
        services.AddSingleton<StoreMark>();
        services.AddHostedService(static provider => provider.GetRequiredService<StoreMark>());
        services.AddSingleton<XmlKeyManager>();
        services.AddSingleton<IKeyManager, StoredKeyManager>();
        services.AddOptions<DataProtectionOptions>().PostConfigure<IOptions<ClusterSettings>, IServiceProvider>(NameByService);
        services.AddOptions<KeyManagementOptions>().Configure<IServiceProvider>(static (keys, provider) =>
            keys.XmlRepository = provider.GetService<StoreInMemory>() is null ? provider.GetRequiredService<StoredKeys>() : null);
        return builder;
    }

    /// <summary>Names an application that has not named itself.</summary>
    /// <remarks>The framework has named it by its folder, and front ends of one service may lie in different ones.</remarks>
    private static void NameByService(DataProtectionOptions protection, IOptions<ClusterSettings> cluster, IServiceProvider provider)
    {
        if (provider.GetService<StoreInMemory>() is null
            && protection.ApplicationDiscriminator == provider.GetService<IApplicationDiscriminator>()?.Discriminator)
        {
            protection.ApplicationDiscriminator = cluster.Value.ServiceId;
        }
    }
}
