namespace OrleansSessions.SideBySide;

/// <summary>The processor time of a deployment, by kind of process; null where it has none of a kind.</summary>
/// <param name="FrontEnds">Servers, and the balancer of a contender that cannot do without.</param>
/// <param name="Silos">Silos.</param>
/// <param name="Store">Redis or PostgreSQL.</param>
internal sealed record ProcessorUse(TimeSpan FrontEnds, TimeSpan? Silos, TimeSpan? Store)
{
    /// <summary>All of it.</summary>
    public TimeSpan All => FrontEnds + (Silos ?? TimeSpan.Zero) + (Store ?? TimeSpan.Zero);

    /// <summary>What was used between two moments.</summary>
    public static ProcessorUse operator -(ProcessorUse now, ProcessorUse before) =>
        new(now.FrontEnds - before.FrontEnds, now.Silos - before.Silos, now.Store - before.Store);
}
