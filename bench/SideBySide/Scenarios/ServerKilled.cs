namespace OrleansSessions.SideBySide;

/// <summary>One of the servers is killed under load.</summary>
internal sealed class ServerKilled(Scale scale) : IScenario
{
    public static readonly Metric Lost = new("sessions lost", "%", Better.Lower);
    public static readonly Metric Failed = new("requests failed", "requests", Better.Lower);

    public string Name => "server-killed";

    public string Description =>
        $"One of {scale.Servers} servers is killed (SIGKILL; for OrleansSessions with the silo of the same machine) under {scale.SteadyRate} requests per second " +
        $"through the balancer, for {scale.SteadyDuration.TotalSeconds:N0} s in all. Sessions that nobody knows afterwards, and requests not answered as the signed-in user meanwhile.";

    public Shape Shape => new(scale.Servers, scale.Servers, "server-killed", IsWarm: false);

    public bool IsRepeated => false;

    public bool Includes(Contender contender) => contender.KeepsSessions && !contender.IsVariant;

    public async Task MeasureAsync(Deployment deployment, Results results, CancellationToken cancellationToken)
    {
        var balancer = await deployment.BalanceAsync(cancellationToken);
        var cookies = await Browser.SignInAsync([balancer], scale.HotSessions, cancellationToken);
        var failed = await SteadyLoad.RunAsync(scale, balancer, cookies, () => Task.Run(deployment.KillServer), cancellationToken);
        var lost = await SteadyLoad.CountLostAsync(balancer, cookies, cancellationToken);
        results.Add(this, Lost, deployment.Contender, 100.0 * lost / cookies.Length);
        results.Add(this, Failed, deployment.Contender, failed);
    }
}
