namespace OrleansSessions.SideBySide;

/// <summary>A balancer in front of servers that come and go.</summary>
internal interface IBalancer : IDisposable
{
    /// <summary>Where browsers go.</summary>
    Uri Address { get; }

    /// <summary>Its process, once it knows servers.</summary>
    int ProcessId { get; }

    /// <summary>Tells it of the servers there are.</summary>
    Task SetServersAsync(IEnumerable<Uri> servers, CancellationToken cancellationToken);
}
