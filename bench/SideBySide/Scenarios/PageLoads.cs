using System.Diagnostics;
using HdrHistogram;

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
        "For a page after a pause OrleansSessions asks a silo, and every other one of these pages claims a window and reads the record.";

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

        await RedisCost.MeasureAsync(this, deployment, results, async () =>
        {
            var latencies = await OpenPagesAsync(deployment, cookies, scale.PageLoadDuration, cancellationToken);
            results.Add(this, Median, deployment.Contender, Percentile(latencies, 50));
            results.Add(this, P99, deployment.Contender, Percentile(latencies, 99));
            results.Add(this, P999, deployment.Contender, Percentile(latencies, 99.9));
            return latencies.TotalCount;
        });
    }

    private async Task<LongConcurrentHistogram> OpenPagesAsync(
        Deployment deployment, string[] cookies, TimeSpan duration, CancellationToken cancellationToken)
    {
        var latencies = new LongConcurrentHistogram(1, TimeStamp.Minutes(1), 3);
        var servers = deployment.Entrances;
        await OpenLoop.RunAsync(
            scale.PagesPerSecond,
            duration,
            (page, due) => Task.WhenAll(Enumerable.Range(0, scale.RequestsPerPage).Select(async i =>
            {
                await Browser.OpenAsync(servers[(page + i) % servers.Count], cookies[page % cookies.Length], cancellationToken);
                latencies.RecordValue(Math.Max(1, Stopwatch.GetTimestamp() - due));
            })),
            cancellationToken);
        return latencies;
    }

    private static double Percentile(HistogramBase latencies, double percentile) =>
        latencies.GetValueAtPercentile(percentile) * 1000.0 / Stopwatch.Frequency;
}
