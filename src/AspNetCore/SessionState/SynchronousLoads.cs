using Microsoft.Extensions.Logging;

namespace OrleansSessions.AspNetCore;

/// <summary>Warns once of an application that waits for session state on a thread of its own.</summary>
internal sealed partial class SynchronousLoads(ILogger<SynchronousLoads> logger)
{
    private bool _isWarned;

    public void Note()
    {
        if (!Interlocked.Exchange(ref _isWarned, true))
        {
            LogSynchronous(logger);
        }
    }

    [LoggerMessage(EventId = 260, EventName = "SessionStateLoadedSynchronously", Level = LogLevel.Warning,
        Message = "The application uses HttpContext.Session before it is loaded, which blocks a thread per request until the answer comes: call 'await HttpContext.Session.LoadAsync()' first. This is said once.")]
    private static partial void LogSynchronous(ILogger logger);
}
