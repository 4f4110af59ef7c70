using OrleansSessions.Testing;

namespace OrleansSessions.Grains.Tests;

/// <summary>Grains as they see each other.</summary>
internal static class InternalGrains
{
    public static IIndexedSession Indexed(this TestSilos silos, string sessionId) => silos.Cluster.Client.GetIndexedSession(sessionId);

    public static ISessionIndex Index(this TestSilos silos, string subject) => silos.Cluster.Client.GetSessionIndex(subject);
}
