namespace OrleansSessions.Grains;

/// <summary>A session, as the data sees it that is bound to it.</summary>
/// <remarks>The data waits for the session's turn, and the session waits for the data only outside of its turns.</remarks>
[Alias("OrleansSessions.IDataOwner"), GrainInterfaceType(InternalNames.DataOwner)]
internal interface IDataOwner : IGrainWithStringKey
{
    /// <summary>Notes that data ends with the session. Past <see cref="SessionDataLimits.MaxPerSession"/>, the oldest ends at once.</summary>
    /// <returns>False where the session is not active, or the secret is not its own.</returns>
    [Alias("Own")]
    Task<bool> OwnAsync(string dataKey, SecretHash secretHash, CancellationToken cancellationToken = default);

    /// <summary>Whether the session is active, and has the data noted.</summary>
    [Alias("Owns")]
    Task<bool> OwnsAsync(string dataKey, CancellationToken cancellationToken = default);
}
