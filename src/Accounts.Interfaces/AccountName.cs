using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace OrleansSessions.Accounts;

/// <summary>The name of a local account: as its owner writes it, and in the form that all spellings of it share.</summary>
/// <remarks>
/// Prepared after RFC 8265, UsernameCaseMapped, and narrower than it in one point: each part of a name keeps to one writing
/// system. Names that look alike are one account or refused; what is left of likeness inside one script is the reader's.
/// </remarks>
public sealed record AccountName
{
    /// <summary>The shortest name, in characters.</summary>
    public const int MinLength = 2;

    /// <summary>The longest name, in characters.</summary>
    public const int MaxLength = 64;

    private const string Rule = "Choose a user name of 2 to 64 letters, digits and . _ - @ + ' signs.";

    private AccountName(string display, string key) => (Display, Key) = (display, key);

    /// <summary>The name as its owner writes it.</summary>
    public string Display { get; }

    /// <summary>The grain key: in lower case, and in one spelling.</summary>
    public string Key { get; }

    /// <summary>Reads a name, without regard to white space and invisible characters around it.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out AccountName? name) => TryParse(text, out name, out _);

    /// <summary>Reads a name, and says what is wrong where it is none.</summary>
    /// <param name="text">The text.</param>
    /// <param name="name">The name.</param>
    /// <param name="fault">What is wrong, in words for who chose it.</param>
    public static bool TryParse(
        string? text, [NotNullWhen(true)] out AccountName? name, [NotNullWhen(false)] out string? fault)
    {
        (name, fault) = (null, Rule);
        if (text is null || text.Length > 4 * MaxLength)
        {
            return false;
        }

        var runes = text.EnumerateRunes().ToList();
        var first = runes.FindIndex(static rune => !IsInvisible(rune));
        var last = runes.FindLastIndex(static rune => !IsInvisible(rune));
        runes = first < 0 ? [] : runes[first..(last + 1)];
        if (runes.Find(static rune => IsInvisible(rune) && rune.Value != ' ') is { Value: > 0 } hidden)
        {
            fault = $"The user name has an invisible character in it (U+{hidden.Value:X4}). Type it without.";
            return false;
        }

        var display = Prepare(string.Concat(runes));
        if (display.Length is < MinLength or > MaxLength || !display.EnumerateRunes().All(NameScripts.IsAllowed))
        {
            return false;
        }

        var parts = display.Split('@');
        if (!parts.All(NameScripts.IsOfOneScript))
        {
            fault = "The user name mixes letters of different alphabets, some of which look alike. Keep to one.";
            return false;
        }

        name = new AccountName(display, string.Join('@', parts.Select(KeyOf)));
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => Display;

    private static bool IsInvisible(Rune rune) => Rune.IsWhiteSpace(rune) || Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Format or UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    /// <summary>One form for all ways to type the same: composed, of ordinary width, with one apostrophe.</summary>
    private static string Prepare(string text) => text
        .Normalize(NormalizationForm.FormKC)
        .Replace('\u2019', '\'').Replace('\u2018', '\'').Replace('\u02BC', '\'').Replace('\u2010', '-').Replace('\u2011', '-');

    private static string KeyOf(string part)
    {
        // A final sigma is a sigma, and the digits of all scripts are digits.
        var lower = part.ToLowerInvariant().Replace('\u03C2', '\u03C3');
        var key = new StringBuilder(lower.Length);
        foreach (var rune in lower.EnumerateRunes())
        {
            key.Append(Rune.IsDigit(rune) ? ((int)Rune.GetNumericValue(rune)).ToString(CultureInfo.InvariantCulture) : rune.ToString());
        }

        return NameScripts.AsLatin(key.ToString());
    }
}
