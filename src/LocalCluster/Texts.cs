using System.Text;
using OrleansSessions.LocalCluster.CommandLine;
using OrleansSessions.LocalCluster.Store;

namespace OrleansSessions.LocalCluster;

/// <summary>What is printed.</summary>
internal static class Texts
{
    public const string Usage =
        """
        Runs a whole cluster in one process: a store, silos, and web front ends.

        Usage: dotnet run --project src/LocalCluster [-- OPTIONS]

          --silos N          how many silos; 1 unless told otherwise, at most 9
          --frontends N      how many front ends; 2 unless told otherwise, at most 9
          --co-hosted        no silos: each front end hosts the sessions itself
          --port PORT        the first front end's port; 5001 unless told otherwise, and the others follow
          --redis HOST:PORT  a Redis of your own in place of the embedded store
          --data DIR         where the embedded store keeps its data
          --ephemeral        keep nothing: every login is gone at the end
          --help             this text

        Ctrl-C stops it. To see more of what goes on, set Logging__LogLevel__Default=Information.

        """;

    public static string Welcome(LocalOptions options, IReadOnlyList<string> frontEnds, IStore store)
    {
        var text = new StringBuilder();
        text.AppendLine();
        text.AppendLine("  OrleansSessions is running. Its front ends:");
        text.AppendLine();
        foreach (var address in frontEnds)
        {
            text.Append("    ").AppendLine(address);
        }

        text.AppendLine();
        text.Append("  Register and sign in at ").Append(frontEnds[0]).AppendLine(".");
        if (frontEnds.Count > 1)
        {
            text.Append("  Then open ").Append(frontEnds[1]).AppendLine(": another server, and it knows you.");
        }

        text.AppendLine("  Sign in from a second browser, look at your sessions, and end one of them.");
        text.Append("  Stop all of this with Ctrl-C. ").AppendLine(options.Ephemeral
            ? "Nothing is kept."
            : "Start it again: you are still signed in.");
        text.AppendLine();
        text.Append("  Silos: ").Append(options.CoHosted ? "in the front ends" : $"{options.Silos}").Append(". Store: ").Append(store.Description).AppendLine(".");
        if (options.Redis is null && !options.CoHosted)
        {
            text.Append("  Another front end joins with OrleansSessions__Redis=").Append(store.Redis)
                .Append(" OrleansSessions__ClusterId=").AppendLine(store.ClusterId);
        }

        return text.ToString();
    }
}
