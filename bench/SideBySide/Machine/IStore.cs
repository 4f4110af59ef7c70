namespace OrleansSessions.SideBySide;

/// <summary>What a contender keeps sessions or accounts in.</summary>
internal interface IStore : IDisposable
{
    /// <summary>Host and port.</summary>
    string Address { get; }

    /// <summary>The process.</summary>
    int ProcessId { get; }

    /// <summary>Ends it, and keeps what it has written.</summary>
    Task StopAsync();

    /// <summary>Starts it again at the same address, and waits until it answers.</summary>
    Task StartAgainAsync(CancellationToken cancellationToken);
}
