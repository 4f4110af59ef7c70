using Microsoft.Extensions.Options;

namespace OrleansSessions.Silo;

/// <summary>What attributes cannot say about <see cref="SiloSettings"/>.</summary>
internal sealed class ValidateSiloSettings : IValidateOptions<SiloSettings>
{
    public ValidateOptionsResult Validate(string? name, SiloSettings options)
    {
        if (options.SiloPort == options.GatewayPort)
        {
            return ValidateOptionsResult.Fail("Silo:SiloPort and Silo:GatewayPort must differ; set Silo__GatewayPort.");
        }

        // Redis takes whole seconds: a fraction is refused after the record has been written.
        if (options.StoreRetention.Ticks % TimeSpan.TicksPerSecond != 0)
        {
            return ValidateOptionsResult.Fail("Silo:StoreRetention must be whole seconds; set Silo__StoreRetention as d.hh:mm:ss.");
        }

        return ValidateOptionsResult.Success;
    }
}
