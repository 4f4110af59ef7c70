using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using OrleansSessions.Redis;

namespace OrleansSessions.Server;

/// <summary>Refuses a start without Redis outside development, and one whose Redis was named too late.</summary>
internal sealed class ValidateStoreChoice(StoreChoice choice, IConfiguration configuration) : IValidateOptions<ClusterSettings>
{
    public ValidateOptionsResult Validate(string? name, ClusterSettings options) => (choice.IsInMemory, IsNamed) switch
    {
        (false, false) => ValidateOptionsResult.Fail(
            $"{ClusterSettings.RedisName} names no Redis to keep sessions in; set {StoreAddress.Setting} to {StoreAddress.Forms}. "
            + "(In the environment Development, sessions without Redis are kept in memory.)"),
        (true, true) => ValidateOptionsResult.Fail(
            $"{ClusterSettings.RedisName} was set after sessions had been added, without Redis; set it before, by {StoreAddress.Setting} for one."),
        _ => ValidateOptionsResult.Success,
    };

    private bool IsNamed => choice.IsNamedInCode || StoreChoice.IsNamedIn(configuration);
}
