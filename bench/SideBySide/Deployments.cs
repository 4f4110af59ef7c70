namespace OrleansSessions.SideBySide;

/// <summary>The deployments that are up. One that is kept stays up until it fails; of others there is one at a time.</summary>
internal sealed class Deployments(Run run) : IAsyncDisposable
{
    private readonly Dictionary<(Contender, Shape), Deployment> _up = [];
    private readonly HashSet<(Contender, Shape)> _kept = [];

    /// <summary>Says which are wanted again and again.</summary>
    public void Keep(IEnumerable<(Contender, Shape)> deployments) => _kept.UnionWith(deployments);

    /// <summary>Says that none is wanted any more, except for what comes next.</summary>
    public void KeepNone() => _kept.Clear();

    /// <summary>The deployment of a contender in a shape: the one that is up, or a new one.</summary>
    public async Task<Deployment> GetAsync(Contender contender, Shape shape, CancellationToken cancellationToken)
    {
        var key = (contender, shape);
        if (_up.TryGetValue(key, out var deployment))
        {
            return deployment;
        }

        foreach (var other in _up.Keys.Except(_kept).ToArray())
        {
            await StopAsync(other);
        }

        return _up[key] = await Deployment.StartAsync(run, contender, shape, cancellationToken);
    }

    /// <summary>Ends the one of a contender in a shape, if it is up: what has failed is not measured again.</summary>
    public Task StopAsync(Contender contender, Shape shape) => StopAsync((contender, shape));

    public async ValueTask DisposeAsync()
    {
        foreach (var key in _up.Keys.ToArray())
        {
            await StopAsync(key);
        }
    }

    private async Task StopAsync((Contender, Shape) key)
    {
        if (_up.Remove(key, out var deployment))
        {
            await deployment.DisposeAsync();
        }
    }
}
