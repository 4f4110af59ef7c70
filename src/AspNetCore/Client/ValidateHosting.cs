using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace OrleansSessions.AspNetCore;

/// <summary>Refuses an application that authenticates by sessions, and has no way to the grains that keep them.</summary>
internal sealed class ValidateHosting(IServiceProviderIsService services) : IValidateOptions<SessionClientOptions>, IConfigurationValidator
{
    public ValidateOptionsResult Validate(string? name, SessionClientOptions options) =>
        Find() is { } fault ? ValidateOptionsResult.Fail(fault) : ValidateOptionsResult.Success;

    public void ValidateConfiguration()
    {
        if (Find() is { } fault)
        {
            throw new OrleansConfigurationException(fault);
        }
    }

    private string? Find()
    {
        if (!services.IsService(typeof(IClusterClient)))
        {
            return "AddOrleansSessions needs the grains of sessions; call builder.AddOrleansSessionsServer() to host them in this process, or "
                + "builder.AddOrleansSessionsClient() to call those of other processes.";
        }

        return services.IsService(typeof(ILocalSiloDetails)) && !services.IsService(typeof(HostingShape))
            ? "The application's silo has no grains of sessions; call AddOrleansSessions on the ISiloBuilder in UseOrleans."
            : null;
    }
}
