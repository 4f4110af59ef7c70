using Microsoft.Extensions.Options;

namespace OrleansSessions.AspNetCore;

/// <summary>Turns direct reads off where sessions are kept in the memory of this process.</summary>
internal sealed class DirectReadsNeedRedis(IEnumerable<StoreInMemory> stores) : IPostConfigureOptions<SessionClientOptions>
{
    public void PostConfigure(string? name, SessionClientOptions options) => options.DirectReads &= !stores.Any();
}
