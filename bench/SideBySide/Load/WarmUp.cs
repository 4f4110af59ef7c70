using Spectre.Console;

namespace OrleansSessions.SideBySide;

/// <summary>Unmeasured load after a start.</summary>
/// <remarks>
/// Compilers go on for a minute in the background, on the cores that are measured: on two of them that has halved what was
/// measured first. So it is repeated until they have nothing left to do.
/// </remarks>
internal static class WarmUp
{
    /// <summary>Has a deployment do all that is going to be measured, and ends the sessions that came of it.</summary>
    public static async Task RunAsync(Deployment deployment, CancellationToken cancellationToken)
    {
        var scale = deployment.Run.Scale;
        var compiled = TimeSpan.Zero;
        for (var pass = 1; pass <= scale.MostWarmUps; pass++)
        {
            await LoadAsync(deployment, cancellationToken);
            var now = await deployment.ReadCompilerTimeAsync(cancellationToken);
            AnsiConsole.MarkupLineInterpolated($"warm-up {pass} of {deployment.Contender.Name}: {(now - compiled).TotalSeconds:0.0} s of compiling");
            if (now - compiled < scale.CompiledEnough)
            {
                return;
            }

            compiled = now;
        }
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
