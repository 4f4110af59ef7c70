namespace OrleansSessions.Browser.Tests;

/// <summary>The newcomer's cluster, whose front ends host the sessions themselves.</summary>
public sealed class CoHostedSite : Site
{
    private protected override string[] Options => ["--co-hosted"];
}
