using Microsoft.AspNetCore.SignalR;

namespace OrleansSessions.AspNetCore;

/// <summary>The session of one hub connection, watched for as long as the connection lasts.</summary>
internal sealed class HubSession : IAsyncDisposable
{
    private readonly SessionWatch _watch;
    private readonly CancellationTokenRegistration _registration;

    public HubSession(SessionWatch watch, HubCallerContext connection)
    {
        _watch = watch;
        _registration = watch.Ended.UnsafeRegister(static connection => ((HubCallerContext)connection!).Abort(), connection);
    }

    public async ValueTask DisposeAsync()
    {
        await _registration.DisposeAsync();
        await _watch.DisposeAsync();
    }
}
