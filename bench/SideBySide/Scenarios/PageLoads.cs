namespace OrleansSessions.SideBySide;

/// <summary>Pages: several requests of one session at once, then a pause.</summary>
internal sealed class PageLoads(Scale scale) : IScenario
{
    public static readonly Metric Median = new("p50 latency", "ms", Better.Lower);
    public static readonly Metric P99 = new("p99 latency", "ms", Better.Lower);
    public static readonly Metric P999 = new("p99.9 latency", "ms", Better.Lower);

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);

    public string Name => "page-loads";

    public string Description =>
        $"{scale.PagesPerSecond} pages per second at a fixed rate, each {scale.RequestsPerPage} parallel requests of one session spread over " +
        $"{scale.Servers} servers; the user then reads for {scale.ReadingTime.TotalSeconds:N0} s. Latency from when a page was due.";

    public string Price =>
        "For a page after a pause OrleansSessions asks a silo. Every other one of these pages claims a window, reads the record and notes the first use.";

    public Shape Shape => new(scale.Servers, 1);

    public bool IsRepeated => true;

    public bool Includes(Contender contender) => true;

    public async Task MeasureAsync(Deployment deployment, Results results, CancellationToken cancellationToken)
    {
        // As many users as there are pages until the first one is through reading; in a short run nobody gets that far.
        var time = scale.ReadingTime < scale.PageLoadDuration ? scale.ReadingTime : scale.PageLoadDuration;
        var users = (int)(scale.PagesPerSecond * time.TotalSeconds);
        var cookies = await Browser.SignInAsync(deployment.Entrances, users, cancellationToken);
        var guests = await Browser.SignInAsync(deployment.Entrances, scale.PagesPerSecond, cancellationToken);
        await OpenPagesAsync(deployment, guests, WarmUp, cancellationToken);

        await RequestCost.MeasureAsync(this, deployment, results, async () =>
        {
            var latencies = await OpenPagesAsync(deployment, cookies, scale.PageLoadDuration, cancellationToken);
            results.Add(this, Median, deployment.Contender, latencies.Percentile(50));
            results.Add(this, P99, deployment.Contender, latencies.Percentile(99));
            results.Add(this, P999, deployment.Contender, latencies.Percentile(99.9));
            return latencies.Count;
        });
    }

    private async Task<Latencies> OpenPagesAsync(
        Deployment deployment, string[] cookies, TimeSpan duration, CancellationToken cancellationToken)
    {
        var latencies = new Latencies();
        var servers = deployment.Entrances;
        await OpenLoop.RunAsync(
            scale.PagesPerSecond,
            duration,
            (page, due) => Task.WhenAll(Enumerable.Range(0, scale.RequestsPerPage).Select(async i =>
            {
                await Browser.OpenAsync(servers[(page + i) % servers.Count], cookies[page % cookies.Length], cancellationToken);
                latencies.Record(due);
            })),
            cancellationToken);
        return latencies;
    }
}
