namespace OrleansSessions.WebFrontend;

/// <summary>Waits for a turn where a limit is used up by deeds under way, which may yet turn out harmless.</summary>
internal static class Turn
{
    /// <summary>Some lines of hashes long, and shorter than the first wait that failures earn.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(160);

    /// <summary>Asks until the answer is decided, or patience ends.</summary>
    public static async Task<T> WaitAsync<T>(
        Func<Task<T>> ask, Func<T, bool> isUndecided, TimeProvider time, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        for (var pause = FirstPause; ; pause = pause < LongestPause ? 2 * pause : LongestPause)
        {
            var answer = await ask();
            if (!isUndecided(answer) || time.GetElapsedTime(started) >= Patience)
            {
                return answer;
            }

            await Task.Delay(pause, time, cancellationToken);
        }
    }
}
