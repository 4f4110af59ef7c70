namespace OrleansSessions.Grains;

/// <summary>Session data, as the session sees it that it is bound to.</summary>
[Alias("OrleansSessions.IBoundData"), GrainInterfaceType(InternalNames.BoundData)]
internal interface IBoundData : IGrainWithStringKey
{
    /// <summary>Ends the data of a session that has ended. When this returns, no request of that session writes any more.</summary>
    [Alias("End")]
    Task EndAsync(string sessionId, CancellationToken cancellationToken = default);
}
