using Microsoft.Extensions.Configuration;

namespace OrleansSessions;

/// <summary>Where settings stand in the configuration: all under one root, apart from those of the host application.</summary>
internal static class SettingsSections
{
    /// <summary>The root. What all servers have in common stands directly under it.</summary>
    public const string Root = "OrleansSessions";

    /// <summary>How long sessions last, and how many a user may have.</summary>
    public const string Sessions = Root + ":Sessions";

    /// <summary>The times of the lease protocol.</summary>
    public const string Leases = Root + ":Leases";

    /// <summary>How guesses at passwords are slowed down.</summary>
    public const string Accounts = Root + ":Accounts";

    /// <summary>Where a silo is reached, and how it treats its store.</summary>
    public const string Silo = Root + ":Silo";

    /// <summary>How a front end calls the cluster.</summary>
    public const string Client = Root + ":Client";

    /// <summary>How the ready-made front end meets the world.</summary>
    public const string Web = Root + ":Web";

    /// <summary>Each section with the one that its settings stood in before they had a root.</summary>
    public static readonly IReadOnlyDictionary<string, string> Former = new Dictionary<string, string>
    {
        [Root] = "Cluster",
        [Sessions] = "Sessions",
        [Leases] = "Leases",
        [Accounts] = "Accounts",
        [Silo] = "Silo",
        [Client] = "SessionClient",
        [Web] = "Web",
    };

    /// <summary>Whether a name directly under the root is a section, perhaps of another server.</summary>
    public static bool IsSection(string name) => Former.ContainsKey(ConfigurationPath.Combine(Root, name));

    /// <summary>A setting as an environment variable names it.</summary>
    public static string InEnvironment(string path) => path.Replace(":", "__", StringComparison.Ordinal);
}
