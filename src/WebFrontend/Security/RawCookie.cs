using Microsoft.Extensions.Primitives;

namespace OrleansSessions.WebFrontend;

/// <summary>Reads a cookie from the raw header: exactly this name, exactly once.</summary>
internal static class RawCookie
{
    public static string? ReadSingle(StringValues headers, string name)
    {
        string? found = null;
        foreach (var pair in headers.SelectMany(static header => (header ?? "").Split(';')).Select(static pair => pair.TrimStart(' ')))
        {
            if (pair.Length > name.Length && pair[name.Length] == '=' && pair.StartsWith(name, StringComparison.Ordinal))
            {
                if (found is not null)
                {
                    return null;
                }

                found = pair[(name.Length + 1)..];
            }
        }

        return found;
    }
}
