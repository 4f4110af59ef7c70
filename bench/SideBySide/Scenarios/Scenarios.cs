namespace OrleansSessions.SideBySide;

/// <summary>All scenarios, in the order in which they are measured and reported.</summary>
internal static class Scenarios
{
    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Of(Scale.Full).Select(scenario => scenario.Name).Distinct()];

    /// <summary>The scenarios at a scale.</summary>
    public static IReadOnlyList<IScenario> Of(Scale scale) =>
    [
        new RevocationUnderFault(scale),
        new Hot(scale),
        new Cold(scale),
        new PageLoads(scale),
        new SignIn(scale),
        new SignInRate(scale),
        new SignOut(scale),
        new SessionData(scale),
        new LiveConnections(scale),
        new OperationCost(scale),
        new ChangeCost(scale),
        new LoadSkew(scale),
        new ServerAdded(scale),
        new ServerKilled(scale),
        new RevocationWindow(scale),
        new LoneVisits(scale),
        new GrowingSessions(scale),
        .. scale.MemoryServers.Select(servers => new Memory(scale, servers)),
        .. scale.GrowthSilos.Select(silos => new GrowingServers(scale, frontEnds: 1, silos)),
        .. scale.GrowthFrontEnds.Select(frontEnds => new GrowingServers(scale, frontEnds, silos: 1)),
    ];
}
