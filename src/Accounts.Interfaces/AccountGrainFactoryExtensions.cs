using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OrleansSessions.Accounts;

/// <summary>Addresses the grains of local accounts.</summary>
public static class AccountGrainFactoryExtensions
{
    private const int SourceShares = 64;

    private static readonly GrainType AccountType = GrainType.Create(AccountGrainTypes.Account);
    private static readonly GrainType SourceThrottleType = GrainType.Create(AccountGrainTypes.SourceThrottle);
    private static readonly GrainInterfaceType AccountInterface = GrainInterfaceType.Create(AccountGrainInterfaceTypes.Account);
    private static readonly GrainInterfaceType SourceThrottleInterface = GrainInterfaceType.Create(AccountGrainInterfaceTypes.SourceThrottle);

    /// <summary>The account with a key, as <see cref="AccountName.Key"/> gives it.</summary>
    public static IAccountGrain GetAccount(this IGrainFactory grains, string key) =>
        (IAccountGrain)grains.GetGrain(GrainId.Create(AccountType, key), AccountInterface);

    /// <summary>The throttle that counts a kind of deed of a source, with those of a share of all other sources.</summary>
    /// <remarks>Front ends of other settings, as while they are being replaced, count apart.</remarks>
    public static ISourceThrottleGrain GetSourceThrottle(this IGrainFactory grains, string deed, int limit, TimeSpan window, string source)
    {
        // The same share in every process, and not one that strangers could aim at by their choice of names.
        var share = SHA256.HashData(Encoding.UTF8.GetBytes(source))[0] % SourceShares;
        return (ISourceThrottleGrain)grains.GetGrain(
            GrainId.Create(SourceThrottleType, string.Create(CultureInfo.InvariantCulture, $"{deed}-{limit}-{window.TotalSeconds}-{share}")), SourceThrottleInterface);
    }
}
