using OrleansSessions.Cluster.Tests.Harness;

namespace OrleansSessions.Cluster.Tests.Topologies;

/// <summary>A store of several servers, in which a replica takes the place of a primary that has died.</summary>
internal interface IFailingOverStore : ITestStore
{
    /// <summary>Whether a primary that was just promoted has a replica left. Without one it takes no writes here.</summary>
    bool HasSpareReplica { get; }

    /// <summary>Kills the primary that has the table of silos.</summary>
    /// <returns>That server.</returns>
    Task<RedisServer> KillPrimaryAsync();

    /// <summary>Waits until another one has taken its place.</summary>
    Task UntilReplacedAsync(RedisServer killed);

    /// <summary>Starts a killed server again, and waits until it is a replica, and up to date.</summary>
    Task ReturnAsync(RedisServer killed);
}
