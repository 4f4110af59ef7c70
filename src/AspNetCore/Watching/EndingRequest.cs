using Microsoft.AspNetCore.Http;

namespace OrleansSessions.AspNetCore;

/// <summary>Sees to it that a request is over soon after the end of its session.</summary>
internal sealed class EndingRequest : IAsyncDisposable
{
    /// <summary>How long a request may go on after the end of its session, to say goodbye.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private readonly SessionWatch _watch;
    private readonly HttpContext _context;
    private readonly CancellationTokenSource _ending;
    private readonly CancellationTokenSource _over = new();
    private readonly CancellationTokenRegistration _registration;
    private readonly Lock _lock = new();
    private bool _isOver;

    public EndingRequest(HttpContext context, SessionWatch watch, TimeSpan grace, TimeProvider time)
    {
        (_context, _watch) = (context, watch);
        _ending = CancellationTokenSource.CreateLinkedTokenSource(watch.Ended, context.RequestAborted);
        Token = _ending.Token;
        _registration = watch.Ended.UnsafeRegister(_ => Background.Start(() => CutAsync(grace, time)), null);
    }

    public CancellationToken Token { get; }

    public async ValueTask DisposeAsync()
    {
        // First of all: the server will use the context for another request.
        lock (_lock)
        {
            _isOver = true;
        }

        await _over.CancelAsync();
        await _registration.DisposeAsync();
        await _watch.DisposeAsync();
        _ending.Dispose();
    }

    private async Task CutAsync(TimeSpan grace, TimeProvider time)
    {
        if (grace > TimeSpan.Zero)
        {
            await Task.Delay(grace, time, _over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        lock (_lock)
        {
            if (!_isOver)
            {
                _context.Abort();
            }
        }
    }
}
