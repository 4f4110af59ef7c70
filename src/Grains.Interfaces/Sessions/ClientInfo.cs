namespace OrleansSessions;

/// <summary>What a device list shows of the browser that signed in. For people to read: nothing is decided by it.</summary>
/// <param name="UserAgent">The User-Agent header, cut to <see cref="MaxUserAgentLength"/> characters.</param>
/// <param name="Address">The source address in text form.</param>
[GenerateSerializer, Immutable, Alias("OrleansSessions.ClientInfo")]
public sealed record ClientInfo([property: Id(0)] string? UserAgent, [property: Id(1)] string? Address)
{
    /// <summary>The longest user agent that is kept, in characters.</summary>
    public const int MaxUserAgentLength = 256;
}
