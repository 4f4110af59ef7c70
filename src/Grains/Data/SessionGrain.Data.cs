namespace OrleansSessions.Grains;

/// <summary>The session as the owner of data.</summary>
internal sealed partial class SessionGrain : IDataOwner
{
    public async Task<bool> OwnAsync(string dataKey, SecretHash secretHash, CancellationToken cancellationToken = default)
    {
        using var held = await _state.EnterToChangeAsync(cancellationToken);
        _state.ThrowIfDamaged();
        if (await RefuseAsync(secretHash) is not null)
        {
            return false;
        }

        if (!Record.Owns(dataKey))
        {
            if (Record.Data is { Length: >= SessionDataLimits.MaxPerSession })
            {
                return false;
            }

            await _state.WriteAsync(Record.WithData(dataKey));
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
