using Microsoft.Extensions.Configuration;

namespace OrleansSessions;

/// <summary>Finds names on the command line that neither the product nor its host knows.</summary>
/// <remarks>For programs of the product's own. Of the environment nothing of the kind can be said: it is full of others' names.</remarks>
internal static class CommandLineNames
{
    private static readonly HashSet<string> OfTheHost = new(
        [
            "ConnectionStrings", "Logging", "Kestrel", "AllowedHosts", "urls", "http_ports", "https_ports", "preferHostingUrls", "environment",
            "contentRoot", "webRoot", "applicationName", "shutdownTimeoutSeconds", "startupTimeoutSeconds", "detailedErrors", "hostBuilder",
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Says of each unknown name what to change; not what it was set to, which may be a password.</summary>
    public static IEnumerable<string> Check(string[] args) => new ConfigurationBuilder().AddCommandLine(args).Build().GetChildren()
        .Where(static root => !root.Key.Equals(SettingsSections.Root, StringComparison.OrdinalIgnoreCase) && !OfTheHost.Contains(root.Key))
        .Select(static root => FormerlyIn(root.Key) is { } section
            ? $"--{root.Key}: is --{section}: now."
            : $"--{root.Key} is not a setting; settings begin with --{SettingsSections.Root}:.");

    private static string? FormerlyIn(string root) =>
        SettingsSections.Former.FirstOrDefault(pair => pair.Value.Equals(root, StringComparison.OrdinalIgnoreCase)).Key;
}
