namespace OrleansSessions.AspNetCore;

/// <summary>Starts what outlives the request that gave the occasion.</summary>
internal static class Background
{
    /// <summary>Starts work without the request's context: its trace and its <c>HttpContext</c> are not those of the work.</summary>
    /// <remarks>The work starts behind all that is queued already, and never on the caller's stack.</remarks>
    public static Task Start(Func<Task> work)
    {
        if (ExecutionContext.IsFlowSuppressed())
        {
            return RunAsync(work);
        }

        using (ExecutionContext.SuppressFlow())
        {
            return RunAsync(work);
        }
    }

    private static async Task RunAsync(Func<Task> work)
    {
        await Task.Yield();
        await work();
    }
}
