using Spectre.Console;

namespace OrleansSessions.SideBySide;

/// <summary>Unmeasured load after a start.</summary>
/// <remarks>
/// Compilers go on for a minute in the background, on the cores that are measured: on two of them that has halved what was
/// measured first. So load and rest take turns until they have nothing left to do. In the rest they get on fastest.
/// </remarks>
internal static class WarmUp
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    /// <summary>Has a deployment do all that is going to be measured, and ends the sessions that came of it.</summary>
    public static async Task RunAsync(Deployment deployment, CancellationToken cancellationToken)
    {
        var scale = deployment.Run.Scale;
        var compiled = TimeSpan.Zero;
        for (var pass = 1; pass <= scale.MostWarmUps; pass++)
        {
            await LoadAsync(deployment, cancellationToken);
            if (!scale.RestsAfterWarmUp)
            {
                continue;
            }

            var now = await RestAsync(deployment, cancellationToken);
            AnsiConsole.MarkupLineInterpolated($"warm-up {pass} of {deployment.Contender.Name}: {(now - compiled).TotalSeconds:0.0} s of compiling");
            if (now - compiled < scale.CompiledEnough)
            {
                return;
            }

            compiled = now;
        }
    }

    // Until no compiler has worked for a moment. Returns how long they have worked since the start of their processes.
    private static async Task<TimeSpan> RestAsync(Deployment deployment, CancellationToken cancellationToken)
    {
        var (last, now) = (TimeSpan.MinValue, await deployment.ReadCompilerTimeAsync(cancellationToken));
        while (now > last)
        {
            await Task.Delay(Look, cancellationToken);
            (last, now) = (now, await deployment.ReadCompilerTimeAsync(cancellationToken));
        }

        return now;
    }

    private static async Task LoadAsync(Deployment deployment, CancellationToken cancellationToken)
    {
        var scale = deployment.Run.Scale;
        var cookies = await Browser.SignInAsync(deployment.Entrances, scale.WarmUpSessions, cancellationToken);
        await deployment.ForgetIdleSessionsAsync(cancellationToken);
        await Wrk.OnceAsync(deployment, "GET", "/me", cookies, scale.LongestWarmUp, cancellationToken);
        await Wrk.LoopAsync(deployment, cookies[..(cookies.Length / 10)], scale.LongestWarmUp, cancellationToken);
        await Wrk.OnceAsync(deployment, "POST", "/sign-out", cookies, scale.LongestWarmUp, cancellationToken);
    }
}
