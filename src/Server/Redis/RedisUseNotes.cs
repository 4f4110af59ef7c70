using Microsoft.Extensions.Options;
using OrleansSessions.Grains;
using OrleansSessions.Redis;

namespace OrleansSessions.Server;

/// <summary>Reads what front ends have noted of the uses of sessions.</summary>
internal sealed class RedisUseNotes(UseNotes notes, StoreFailures failures, IOptions<ClusterSettings> cluster) : IUseNotes
{
    public async Task<DateTimeOffset?> ReadAsync(GrainId session)
    {
        try
        {
            return await notes.ReadAsync(cluster.Value.ServiceId, session);
        }
        catch (Exception e) when (StoreFailure.Is(e))
        {
            throw failures.Report("read", session, e);
        }
    }
}
