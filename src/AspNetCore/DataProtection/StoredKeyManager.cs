using Microsoft.AspNetCore.DataProtection.KeyManagement;

namespace OrleansSessions.AspNetCore;

/// <summary>The framework's key manager, whose keys are forgotten with the store that they came from.</summary>
/// <remarks>By itself, the framework would go on for up to a day with keys that no other front end can read.</remarks>
internal sealed class StoredKeyManager(XmlKeyManager inner, StoreMark store) : IKeyManager
{
    public IKey CreateNewKey(DateTimeOffset activationDate, DateTimeOffset expirationDate) => inner.CreateNewKey(activationDate, expirationDate);

    public IReadOnlyCollection<IKey> GetAllKeys() => inner.GetAllKeys();

    public CancellationToken GetCacheExpirationToken() =>
        CancellationTokenSource.CreateLinkedTokenSource(inner.GetCacheExpirationToken(), store.Replaced).Token;

    public void RevokeKey(Guid keyId, string? reason = null) => inner.RevokeKey(keyId, reason);

    public void RevokeAllKeys(DateTimeOffset revocationDate, string? reason = null) => inner.RevokeAllKeys(revocationDate, reason);
}
