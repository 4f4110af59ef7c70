using System.Diagnostics;

namespace OrleansSessions.SideBySide;

/// <summary>What Redis does for one operation of each kind.</summary>
internal sealed class OperationCost(Scale scale) : IScenario
{
    public const string FirstSignIn = "first sign-in of a user";
    public const string SignIn = "sign-in";

    private const int Times = 200;
    private const int Lists = 5;

    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(2);

    public string Name => "operation-cost";

    public string Description =>
        $"Commands that Redis executes, and bytes to and from it, for one operation: the mean of {Times} sign-ins and sign-outs of as many users, all for the first time and then once more, and the list " +
        $"and the end of all sessions of one user who has {string.Join(" or ", scale.OperationSessions.Select(n => n.ToString("N0", null)))}. What an idle cluster does meanwhile is subtracted.";

    public string Price =>
        "OrleansSessions keeps an index of each user's sessions beside them, which it lists and ends sessions by.";

    public Shape Shape => new(1, 1, "operation-cost", IsWarm: false) { SessionsPerUser = 2 * scale.OperationSessions.Max() };

    public bool IsRepeated => false;

    public bool Includes(Contender contender) => contender is { KeepsSessions: true, UsesRedis: true, IsVariant: false };

    /// <summary>Commands that Redis executes for an operation.</summary>
    public static Metric Commands(string operation) => new("Redis commands", "commands", Better.Lower, operation);

    private static Metric Bytes(string operation) => new("bytes to and from Redis", "B", Better.Lower, operation);

    public async Task MeasureAsync(Deployment deployment, Results results, CancellationToken cancellationToken)
    {
        var server = deployment.Entrances[0];
        await Browser.SignInAsync([server], Times, cancellationToken, first: Times);
        var background = await ReadBackgroundAsync(deployment.Redis!, cancellationToken);

        string[] cookies = [];
        await CountAsync(FirstSignIn, Times, () => Browser.SignInAsync([server], Times, cancellationToken));
        await CountAsync(SignIn, Times, async () => cookies = await Browser.SignInAsync([server], Times, cancellationToken));
        await CountAsync("sign-out", Times, () => Task.WhenAll(cookies.Select(cookie => Browser.SignOutAsync(server, cookie, cancellationToken))));
        foreach (var sessions in deployment.Contender.UsesSilos ? scale.OperationSessions : [])
        {
            var user = $"owner-of-{sessions}";
            await Parallel.ForAsync(0, sessions, cancellationToken, async (_, ct) => await Browser.SignInAsync(server, user, ct));
            await CountAsync($"list of {sessions:N0}", Lists, async () =>
            {
                for (var i = 0; i < Lists; i++)
                {
                    await Browser.Client.GetStringAsync(new Uri(server, $"/sessions?user={user}"), cancellationToken);
                }
            });
            await CountAsync($"end of {sessions:N0}", 1, async () =>
            {
                using var response = await Browser.Client.PostAsync(new Uri(server, $"/sign-out-everywhere?user={user}"), null, cancellationToken);
                response.EnsureSuccessStatusCode();
            });
        }

        async Task CountAsync(string operation, int times, Func<Task> work)
        {
            var began = Stopwatch.GetTimestamp();
            var before = await deployment.Redis!.ReadAsync();
            await work();
            var after = await deployment.Redis.ReadAsync();
            var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
            Add(Commands(operation), after.Commands - before.Commands - background.OfReading.Commands - (seconds * background.CommandsPerSecond));
            Add(Bytes(operation), after.Bytes - before.Bytes - background.OfReading.Bytes - (seconds * background.BytesPerSecond));

            void Add(Metric metric, double value) => results.Add(this, metric, deployment.Contender, Math.Round(Math.Max(0, value) / times, 1));
        }
    }

    // To read the counters is a command as well.
    private static async Task<Background> ReadBackgroundAsync(RedisServer redis, CancellationToken cancellationToken)
    {
        var (first, second) = (await redis.ReadAsync(), await redis.ReadAsync());
        var reading = (Commands: second.Commands - first.Commands, Bytes: second.Bytes - first.Bytes);
        await Task.Delay(Idle, cancellationToken);
        var third = await redis.ReadAsync();
        return new Background(
            reading,
            Math.Max(0, third.Commands - second.Commands - reading.Commands) / Idle.TotalSeconds,
            Math.Max(0, third.Bytes - second.Bytes - reading.Bytes) / Idle.TotalSeconds);
    }

    private sealed record Background((long Commands, long Bytes) OfReading, double CommandsPerSecond, double BytesPerSecond);
}
