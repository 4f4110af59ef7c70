using System.Globalization;
using System.Text;

namespace OrleansSessions;

/// <summary>A reason of the application's own for the end of a session: a short text of one line, to show and to log.</summary>
public static class ReasonText
{
    /// <summary>The longest text, in characters.</summary>
    public const int MaxLength = 100;

    /// <summary>Refuses a text that is empty, too long, or could forge or hide a line of a log (CWE-117).</summary>
    /// <param name="text">The text; null for none.</param>
    /// <exception cref="ArgumentException">The text cannot be a reason.</exception>
    internal static void ThrowIfUnfit(string? text)
    {
        if (text is not null && (text.Length > MaxLength || string.IsNullOrWhiteSpace(text) || text.EnumerateRunes().Any(IsUnfit)))
        {
            // Without the text: it is what must not reach a log.
            throw new ArgumentException(
                $"A reason's text has 1 to {MaxLength} characters, on one line, without control and formatting characters.", nameof(text));
        }
    }

    // An unpaired surrogate is read as the replacement character.
    private static bool IsUnfit(Rune rune) =>
        rune == Rune.ReplacementChar
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned;
}
