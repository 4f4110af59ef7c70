using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;
using OrleansSessions.Grains;

namespace OrleansSessions.Server;

/// <summary>A ladder of storages, each of which keeps what it writes for twice as long as the one before.</summary>
/// <remarks>
/// The provider sets the time to live within the write itself, to what one of its instances is set to. They differ in nothing
/// else. So a record is kept for less than twice as long as is needed, or for two hours.
/// </remarks>
internal sealed class SessionStorages(IServiceProvider services) : ISessionStorages
{
    private static readonly TimeSpan First = TimeSpan.FromHours(2);

    /// <summary>From two hours to the 10,000 days that a session may be set to last at most.</summary>
    private const int Count = 18;

    private readonly IGrainStorage[] _storages = [.. Steps.Select(step => services.GetRequiredKeyedService<IGrainStorage>(NameOf(step)))];

    /// <summary>The times to live, the shortest first.</summary>
    public static TimeSpan[] Steps { get; } = [.. Enumerable.Range(0, Count).Select(static i => First * (1 << i))];

    /// <summary>The name of the storage with that time to live.</summary>
    public static string NameOf(TimeSpan step) => string.Create(CultureInfo.InvariantCulture, $"{StorageNames.Sessions}/{step.TotalHours:0}h");

    public IGrainStorage Keeping(TimeSpan timeToLive)
    {
        var index = Array.FindIndex(Steps, step => step >= timeToLive);
        return index < 0 ? _storages[^1] : _storages[index];
    }
}
