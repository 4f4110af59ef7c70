using System.Text.Json.Nodes;

namespace OrleansSessions.AspNetCore.Tests;

/// <summary>Records as releases have stored them. The files are never changed: what is stored outlives its release.</summary>
internal static class ReleasedRecord
{
    /// <summary>The first release whose tickets are sealed by the cookie's secret.</summary>
    public const string Sealed = "sealed.json";

    /// <summary>The same, before the session's first use.</summary>
    public const string SealedUnused = "sealed-unused.json";

    /// <summary>The form of the first release, which has other names besides, and other tickets.</summary>
    public const string First = "first.json";

    public const string Subject = "IZ1LIW9hezGrk_f2K9lhascD";

    /// <summary>The token of all of them.</summary>
    public static SessionToken Token { get; } = Parse("tGv9tkcBuBluIxoiniUcoKQc5kTnGbEPe-ZYGgL046Qi2VezIFNqNQ5hQVnhSym3");

    /// <summary>The token of a session with the same record.</summary>
    public static SessionToken TokenOfAnotherSession { get; } = TokenOf(0);

    /// <summary>The latest use that is stored.</summary>
    public static DateTimeOffset LastSeenAt { get; } = DateTimeOffset.Parse("2026-11-25T04:48:23.1222847Z", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>When the sessions end, however much they are used.</summary>
    public static DateTimeOffset ExpiresAt { get; } = DateTimeOffset.Parse("2026-11-26T04:48:22.9598586Z", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The token of one of many sessions with the same record.</summary>
    public static SessionToken TokenOf(int session) => Parse(
        string.Concat($"{session:D2}", new string('A', SessionToken.SessionIdLength - 2), Token.ToCookieValue().AsSpan(SessionToken.SessionIdLength)));

    /// <summary>A record as it was stored.</summary>
    public static byte[] Read(string file) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "DirectReads", "Released", file));

    /// <summary>The record with one member changed.</summary>
    /// <param name="name">The member's stored name.</param>
    /// <param name="json">Its value, as JSON.</param>
    public static byte[] With(string name, string json)
    {
        var record = JsonNode.Parse(Read(Sealed))!;
        record[name] = JsonNode.Parse(json);
        return System.Text.Encoding.UTF8.GetBytes(record.ToJsonString());
    }

    /// <summary>The tombstone of a session that was signed out.</summary>
    public static byte[] Tombstone() => With("ended", "1");

    private static SessionToken Parse(string text) =>
        SessionToken.TryParse(text, out var token) ? token : throw new InvalidOperationException("It is not a token.");
}
