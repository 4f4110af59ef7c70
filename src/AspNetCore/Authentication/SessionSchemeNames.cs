namespace OrleansSessions.AspNetCore;

/// <summary>The schemes that <c>AddOrleansSessions</c> was called with.</summary>
internal sealed class SessionSchemeNames
{
    public List<string> Names { get; } = [];
}
