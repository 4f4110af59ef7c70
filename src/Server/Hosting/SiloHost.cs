using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OrleansSessions.Grains;

namespace OrleansSessions.Server;

/// <summary>Puts a server of the session cluster together. It decides nothing about sessions.</summary>
public static class SiloHost
{
    private const string DefaultHealthUrl = "http://127.0.0.1:8081";

    // Configuration rather than code, so that an environment variable can turn any of it up or down.
    private static readonly Dictionary<string, string?> LoggingDefaults = new()
    {
        ["Logging:LogLevel:Default"] = "Information",
        ["Logging:LogLevel:Microsoft"] = "Warning",
        ["Logging:LogLevel:Orleans"] = "Warning",
        // A prefix is compared letter by letter, and the line above would silence our own events.
        ["Logging:LogLevel:OrleansSessions"] = "Information",
        // A failed start is told once, in one line, by StartFailureException; the host would add its stack trace.
        ["Logging:LogLevel:Microsoft.Extensions.Hosting.Internal.Host"] = "Critical",
    };

    /// <summary>Builds a silo from command line, environment and <c>appsettings.json</c>.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="addGrains">Adds grains beside those of sessions.</param>
    /// <param name="configure">What an embedding program changes, last.</param>
    public static WebApplication Build(
        string[] args, Action<ISiloBuilder>? addGrains = null, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        ((IConfigurationBuilder)builder.Configuration).Sources.Insert(0, new MemoryConfigurationSource { InitialData = LoggingDefaults });
        if (string.IsNullOrEmpty(builder.Configuration[WebHostDefaults.ServerUrlsKey]))
        {
            builder.WebHost.UseUrls(DefaultHealthUrl);
        }

        builder.Services.AddClusterSettings();
        builder.Services.AddSiloSettings();
        builder.Services.AddLogDefaults();
        builder.Services.AddChosenCollector();
        builder.Services.AddSingleton<IValidateOptions<SiloSettings>, ValidatePorts>();

        // In this order: what a gate finds wrong keeps the silo from joining.
        builder.Services.AddHostedService<PortGate>();
        builder.Services.AddHostedService<StoreGate>();
        builder.UseOrleans(silo =>
        {
            silo.AddSplitMembership().AddRedisStore().AddSessionGrains();
            addGrains?.Invoke(silo);
        });
        configure?.Invoke(builder);

        var app = builder.Build();
        app.MapHealth();
        return app;
    }

    /// <summary>Runs a silo until it is told to stop, and says in one line why it could not.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="addGrains">Adds grains beside those of sessions.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] args, Action<ISiloBuilder>? addGrains = null)
    {
        try
        {
            if (CommandLineNames.Check(args).ToList() is { Count: > 0 } unknown)
            {
                throw new StartFailureException(string.Join(' ', unknown));
            }

            await using var app = Build(args, addGrains);
            await app.RunAsync();
            return 0;
        }
        catch (Exception e) when (StartFailureException.Explain(e) is { } reason)
        {
            await Console.Error.WriteLineAsync($"The silo cannot start: {reason}");
            return 1;
        }
    }
}
