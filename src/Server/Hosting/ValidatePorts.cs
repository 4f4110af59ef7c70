using Microsoft.Extensions.Options;

namespace OrleansSessions.Server;

/// <summary>What attributes cannot say about the ports of a silo that has both.</summary>
internal sealed class ValidatePorts : IValidateOptions<SiloSettings>
{
    public ValidateOptionsResult Validate(string? name, SiloSettings options) => options.SiloPort == options.GatewayPort
        ? ValidateOptionsResult.Fail("OrleansSessions:Silo:SiloPort and OrleansSessions:Silo:GatewayPort must differ; set OrleansSessions__Silo__GatewayPort.")
        : ValidateOptionsResult.Success;
}
