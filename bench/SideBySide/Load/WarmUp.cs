namespace OrleansSessions.SideBySide;

/// <summary>Unmeasured load after a start. Just-in-time compilers take tens of thousands of requests to be done.</summary>
internal static class WarmUp
{
    /// <summary>Has a deployment do all that is going to be measured, and ends the sessions that came of it.</summary>
    public static async Task RunAsync(Deployment deployment, CancellationToken cancellationToken)
    {
        var scale = deployment.Run.Scale;
        var cookies = await Browser.SignInAsync(deployment.Entrances, scale.WarmUpSessions, cancellationToken);
        await deployment.ForgetIdleSessionsAsync(cancellationToken);
        await Wrk.OnceAsync(deployment, "GET", "/me", cookies, scale.LongestWarmUp, cancellationToken);
        await Wrk.LoopAsync(deployment, cookies[..(cookies.Length / 10)], scale.LongestWarmUp, cancellationToken);
        await Wrk.OnceAsync(deployment, "POST", "/sign-out", cookies, scale.LongestWarmUp, cancellationToken);
    }
}
