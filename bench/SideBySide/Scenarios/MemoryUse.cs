namespace OrleansSessions.SideBySide;

/// <summary>The memory of a deployment, after collections.</summary>
/// <param name="Servers">Managed heaps of the servers.</param>
/// <param name="Silos">Managed heaps of the silos.</param>
/// <param name="Redis">What Redis uses.</param>
internal sealed record MemoryUse(long Servers, long Silos, long Redis)
{
    private const int MostReads = 10;
    private const double StillShrinking = 0.98;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>All managed heaps.</summary>
    public long Heaps => Servers + Silos;

    /// <summary>Reads it.</summary>
    public static async Task<MemoryUse> ReadAsync(Deployment deployment, CancellationToken cancellationToken)
    {
        var servers = await Task.WhenAll(deployment.Servers.Select(server => server.ReadAsync(collect: true, cancellationToken)));
        var silos = await Task.WhenAll(deployment.Silos.Select(silo => silo.ReadAsync(collect: true, cancellationToken)));
        var redis = deployment.Redis is null ? 0 : (await deployment.Redis.ReadAsync()).Memory;
        return new MemoryUse(servers.Sum(server => server.HeapBytes), silos.Sum(silo => silo.HeapBytes), redis);
    }

    /// <summary>Reads it when silos no longer give memory back: what they drop goes over some seconds.</summary>
    public static async Task<MemoryUse> ReadSettledAsync(Deployment deployment, CancellationToken cancellationToken)
    {
        var last = await ReadAsync(deployment, cancellationToken);
        for (var i = 0; i < MostReads; i++)
        {
            await Task.Delay(Pause, cancellationToken);
            var now = await ReadAsync(deployment, cancellationToken);
            if (now.Silos >= last.Silos * StillShrinking)
            {
                return now;
            }

            last = now;
        }

        return last;
    }

    /// <summary>The growth for each session; what shrank for other reasons counts as none.</summary>
    public static double PerSession(long before, long now, int sessions) => Math.Max(0, (double)(now - before) / sessions);
}
