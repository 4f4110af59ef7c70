namespace OrleansSessions.Grains;

/// <summary>The session as the owner of data.</summary>
internal sealed partial class SessionGrain : IDataOwner
{
    public async Task<bool> OwnAsync(string dataKey, SecretHash secretHash, CancellationToken cancellationToken = default)
    {
        string? disowned = null;
        using (await _state.EnterToChangeAsync(cancellationToken))
        {
            _state.ThrowIfDamaged();
            if (await RefuseAsync(secretHash) is not null)
            {
                return false;
            }

            if (!Record.Owns(dataKey))
            {
                disowned = Record.Data is { Length: >= SessionDataLimits.MaxPerSession } keys ? keys[0] : null;
                await _state.WriteAsync(Record.WithData(dataKey, disowned));
            }
        }

        if (disowned is not null)
        {
            // Nobody waits: where it is lost, the data finds out when it is next read from the store.
            GrainFactory.GetBoundData(disowned).EndAsync(SessionId, CancellationToken.None).Ignore();
        }

        return true;
    }

    public async Task<bool> OwnsAsync(string dataKey, CancellationToken cancellationToken = default)
    {
        using var held = await _state.EnterAsync(cancellationToken);
        _state.ThrowIfDamaged();
        await EndIfOverAsync();
        ForgetIfUnused();
        return Record.IsActive && Record.Owns(dataKey);
    }
}
