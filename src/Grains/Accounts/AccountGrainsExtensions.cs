namespace OrleansSessions.Grains;

/// <summary>Adds local accounts to a silo. Nothing of sessions needs them.</summary>
public static class AccountGrainsExtensions
{
    /// <summary>
    /// Adds the options of the section <see cref="AccountOptions.Section"/>, validated at start. The silo provides the storage
    /// <see cref="StorageNames.Accounts"/>.
    /// </summary>
    public static ISiloBuilder AddAccountGrains(this ISiloBuilder silo)
    {
        silo.Services.AddSettings<AccountOptions>(AccountOptions.Section);
        return silo;
    }
}
