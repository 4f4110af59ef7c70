namespace OrleansSessions.SideBySide;

/// <summary>How evenly servers are loaded when some users are busier than others.</summary>
internal sealed class LoadSkew(Scale scale) : IScenario
{
    public static readonly Metric Skew = new("largest load over mean", "×", Better.Lower);

    private const int Users = 300;

    public string Name => "load-skew";

    public string Description =>
        $"{Users} users of whom the n-th is n times less busy than the first, {scale.SkewVisits:N0} visits through the balancer: requests of the most loaded of {scale.Servers} servers, over the mean.";

    public Shape Shape => new(scale.Servers, 1);

    public bool IsRepeated => false;

    public bool Includes(Contender contender) => contender.KeepsSessions && !contender.IsVariant;

    public async Task MeasureAsync(Deployment deployment, Results results, CancellationToken cancellationToken)
    {
        var balancer = await deployment.BalanceAsync(cancellationToken);
        var cookies = await Browser.SignInAsync([balancer], Users, cancellationToken);
        var before = await CountAsync(deployment, cancellationToken);
        var degree = new ParallelOptions { MaxDegreeOfParallelism = scale.Connections, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(DrawVisitors(), degree, async (user, ct) => await Browser.OpenAsync(balancer, cookies[user], ct));
        var after = await CountAsync(deployment, cancellationToken);
        var loads = after.Zip(before, (now, then) => (double)(now - then)).ToArray();
        results.Add(this, Skew, deployment.Contender, loads.Max() / loads.Average());
    }

    // The same visitors in the same order for each contender.
    private int[] DrawVisitors()
    {
        var share = scale.SkewVisits / Enumerable.Range(1, Users).Sum(n => 1.0 / n);
        var visitors = Enumerable.Range(0, Users).SelectMany(user => Enumerable.Repeat(user, (int)(share / (user + 1)))).ToArray();
        new Random(1).Shuffle(visitors);
        return visitors;
    }

    private static async Task<long[]> CountAsync(Deployment deployment, CancellationToken cancellationToken)
    {
        var stats = await Task.WhenAll(deployment.Servers.Select(server => server.ReadAsync(collect: false, cancellationToken)));
        return [.. stats.Select(s => s.Requests)];
    }
}
