using Microsoft.Extensions.DependencyInjection.Extensions;
using OrleansSessions;
using OrleansSessions.Accounts;

namespace Orleans.Hosting;

/// <summary>Adds local accounts to a silo. Nothing of sessions needs them.</summary>
public static class LocalAccountsSiloBuilderExtensions
{
    /// <summary>Adds accounts to a silo that has sessions, with the options of the section <see cref="AccountOptions.Section"/>.</summary>
    public static ISiloBuilder AddLocalAccounts(this ISiloBuilder silo)
    {
        silo.Services.AddSettings<AccountOptions>(AccountOptions.Section);
        silo.Services.TryAddSingleton(TimeProvider.System);
        return silo;
    }
}
