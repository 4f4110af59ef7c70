using System.Text;

namespace OrleansSessions.Testing;

/// <summary>The forms in which a text may be written down somewhere.</summary>
public static class Spellings
{
    /// <summary>Finds the first spelling of a secret.</summary>
    /// <param name="where">What to look through; bytes are read as Latin-1.</param>
    /// <param name="secret">What must not be there.</param>
    /// <returns>The spelling that was found; null for none.</returns>
    public static string? Find(string where, string secret) => Find(where, Encoding.UTF8.GetBytes(secret));

    /// <inheritdoc cref="Find(string, string)"/>
    public static string? Find(string where, byte[] secret) =>
        Of(secret).FirstOrDefault(spelling => where.Contains(spelling, StringComparison.Ordinal));

    private static IEnumerable<string> Of(byte[] secret)
    {
        var latin = Encoding.Latin1.GetString(secret);
        yield return latin;
        yield return string.Concat(latin.Select(static c => $"{c}\0"));
        yield return Convert.ToHexString(secret);
        yield return Convert.ToHexStringLower(secret);
        yield return Uri.EscapeDataString(latin);
        yield return System.Text.Json.JsonEncodedText.Encode(latin).ToString();
        for (var before = 0; before < 3; before++)
        {
            // As part of a longer text in base64, behind so many bytes: without the characters that its neighbours change.
            byte[] bytes = [.. new byte[before], .. secret];
            var whole = Convert.ToBase64String(bytes).TrimEnd('=');
            var inner = whole[(before + (before > 0 ? 1 : 0))..(bytes.Length / 3 * 4)];
            yield return inner;
            yield return inner.Replace('+', '-').Replace('/', '_');
        }
    }
}
