namespace OrleansSessions.SideBySide;

/// <summary>A server joins under load.</summary>
internal sealed class ServerAdded(Scale scale) : IScenario
{
    public string Name => "server-added";

    public string Description =>
        $"A server joins {scale.Servers} others under {scale.SteadyRate} requests per second through the balancer, which is told when the server is ready.";

    public Shape Shape => new(scale.Servers, scale.Servers, "server-added", IsWarm: false);

    public bool IsRepeated => false;

    public bool Includes(Contender contender) => contender.KeepsSessions && !contender.IsVariant;

    public async Task MeasureAsync(Deployment deployment, Results results, CancellationToken cancellationToken)
    {
        var balancer = await deployment.BalanceAsync(cancellationToken);
        var cookies = await Browser.SignInAsync([balancer], scale.HotSessions, cancellationToken);
        var failed = await SteadyLoad.RunAsync(
            scale, balancer, cookies, () => deployment.AddServerAsync(cancellationToken), cancellationToken);
        var lost = await SteadyLoad.CountLostAsync(balancer, cookies, cancellationToken);
        results.Add(this, ServerKilled.Lost, deployment.Contender, 100.0 * lost / cookies.Length);
        results.Add(this, ServerKilled.Failed, deployment.Contender, failed);
    }
}
