namespace OrleansSessions.AspNetCore;

/// <summary>Tells paths of this application from addresses of others.</summary>
internal static class LocalPath
{
    /// <summary>Whether a text is a path on this host, to every browser and also where something on the way decodes it once more.</summary>
    public static bool Is(string? text) =>
        text is ['/', .. var rest]
        && !rest.Any(char.IsControl)
        && !StartsOtherHost(rest)
        && !StartsOtherHost(Uri.UnescapeDataString(rest));

    private static bool StartsOtherHost(string rest) => rest is ['/' or '\\' or < ' ', ..];
}
