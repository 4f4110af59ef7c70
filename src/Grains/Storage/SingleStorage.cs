using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace OrleansSessions.Grains;

/// <summary>For stores without a time to live of single records.</summary>
internal sealed class SingleStorage([FromKeyedServices(StorageNames.Sessions)] IGrainStorage storage) : ISessionStorages
{
    public IGrainStorage Keeping(TimeSpan timeToLive) => storage;
}
