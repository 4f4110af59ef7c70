using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Options;
using OrleansSessions.Redis;

namespace OrleansSessions.AspNetCore;

/// <summary>The keys of Data Protection as a list in Redis, so that each front end can read what another one has encrypted.</summary>
/// <remarks>Laid out as the framework's own package for Redis does, so that a change between the two keeps the keys.</remarks>
internal sealed class StoredKeys(KeyStore store, IOptions<ClusterSettings> cluster) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements() =>
        [.. store.Database.ListRange(StoreKeys.DataProtection(cluster.Value.ServiceId)).Select(static element => XElement.Parse((string)element!))];

    public void StoreElement(XElement element, string friendlyName) =>
        store.Database.ListRightPush(StoreKeys.DataProtection(cluster.Value.ServiceId), element.ToString(SaveOptions.DisableFormatting));
}
