using System.Collections.Concurrent;
using System.Text;

namespace OrleansSessions.Contenders;

/// <summary>The other servers of a session cluster, and what was sent to them.</summary>
internal sealed class Peers(IConfiguration configuration) : IDisposable
{
    // A peer that does not answer soon is given up, as it will fetch everything when it comes back.
    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromSeconds(1) };
    private readonly ConcurrentDictionary<string, byte> _addresses = new(
        (configuration["peers"] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries)
            .Select(address => KeyValuePair.Create(address, default(byte))));

    private long _messages;
    private long _messageBytes;

    public IEnumerable<string> Addresses => _addresses.Keys;

    public long Messages => Interlocked.Read(ref _messages);

    /// <summary>Payload only: key and ticket, without what HTTP adds.</summary>
    public long MessageBytes => Interlocked.Read(ref _messageBytes);

    public void Add(string address) => _addresses.TryAdd(address, default);

    public Task SendAsync(HttpMethod method, string key, byte[] body) =>
        Task.WhenAll(Addresses.Select(address => SendAsync(address, method, key, body)));

    public void Dispose() => _client.Dispose();

    private async Task SendAsync(string address, HttpMethod method, string key, byte[] body)
    {
        Interlocked.Increment(ref _messages);
        Interlocked.Add(ref _messageBytes, Encoding.UTF8.GetByteCount(key) + body.Length);
        using var request = new HttpRequestMessage(method, $"{address}/replica/{key}") { Content = new ByteArrayContent(body) };
        try
        {
            using var response = await _client.SendAsync(request);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            // The peer is gone. That is what the copies on the others are for.
        }
    }
}
