using System.Diagnostics.CodeAnalysis;

namespace OrleansSessions.WebFrontend;

/// <summary>Asks for one user's list again and again, and tells all who wait for a change of it.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The source of the stop has no timer, and a page may be waiting on its token.")]
internal sealed class SessionListPoll
{
    private readonly CancellationTokenSource _stop = new();
    private readonly TimeProvider _time;
    private volatile State _state = new(null);

    public SessionListPoll(SessionListReader reader, string subject, TimeSpan period, TimeProvider time)
    {
        _time = time;
        _ = KeepAskingAsync(reader, subject, period);
    }

    /// <summary>How many pages read it; counted by its owner.</summary>
    public int Readers { get; set; }

    public SessionListState? Current => _state.List;

    public async Task WaitForChangeAsync(SessionListState? told, TimeSpan atMost, CancellationToken cancellationToken)
    {
        var state = _state;
        if (state.List is not null && state.List != told)
        {
            return;
        }

        try
        {
            await state.Replaced.WaitAsync(atMost, _time, cancellationToken);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            // Nothing has changed.
        }
    }

    public void Stop() => _stop.Cancel();

    private async Task KeepAskingAsync(SessionListReader reader, string subject, TimeSpan period)
    {
        while (!_stop.IsCancellationRequested)
        {
            var state = _state;
            var list = await reader.ReadAsync(subject, state.List, _stop.Token);
            if (list is not null && !ReferenceEquals(list, state.List))
            {
                _state = new State(list);
                state.Replace();
            }

            await Task.Delay(period, _time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>A list, and the news that another one has taken its place.</summary>
    private sealed class State(SessionListState? list)
    {
        private readonly TaskCompletionSource _replaced = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public SessionListState? List => list;

        public Task Replaced => _replaced.Task;

        public void Replace() => _replaced.SetResult();
    }
}
