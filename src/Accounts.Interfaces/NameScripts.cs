using System.Globalization;
using System.Text;

namespace OrleansSessions.Accounts;

/// <summary>Which characters user names are made of, and which of them may stand together.</summary>
/// <remarks>
/// The scripts in wide use (Unicode UAX 31, table 5), by the blocks that hold their letters: .NET does not tell scripts. A
/// letter of no such block is refused, rather than taken for one of any script.
/// </remarks>
internal static class NameScripts
{
    private const string Signs = "._-@+'";

    /// <summary>Small letters that most fonts draw as a Latin one (Unicode UTS 39, confusables), and that one.</summary>
    private const string Twins = "асԁеһіјӏорԛѕѵԝхуүαιϳνορυγ";
    private const string Latin = "acdehijlopqsvwxyyaijvopuy";

    private enum Script
    {
        Common, Latin, Greek, Cyrillic, Armenian, Hebrew, Arabic, Devanagari, Bengali, Gurmukhi, Gujarati, Oriya, Tamil, Telugu, Kannada,
        Malayalam, Sinhala, Thai, Lao, Tibetan, Myanmar, Georgian, Ethiopic, Khmer, Hangul, Kana, Bopomofo, Han,
    }

    private static readonly (int First, int Last, Script Script)[] Blocks =
    [
        (0x0041, 0x024F, Script.Latin), (0x0370, 0x03FF, Script.Greek), (0x0400, 0x052F, Script.Cyrillic), (0x0530, 0x058F, Script.Armenian),
        (0x0590, 0x05FF, Script.Hebrew), (0x0600, 0x06FF, Script.Arabic), (0x0750, 0x077F, Script.Arabic), (0x08A0, 0x08FF, Script.Arabic),
        (0x0900, 0x097F, Script.Devanagari), (0x0980, 0x09FF, Script.Bengali), (0x0A00, 0x0A7F, Script.Gurmukhi),
        (0x0A80, 0x0AFF, Script.Gujarati), (0x0B00, 0x0B7F, Script.Oriya), (0x0B80, 0x0BFF, Script.Tamil), (0x0C00, 0x0C7F, Script.Telugu),
        (0x0C80, 0x0CFF, Script.Kannada), (0x0D00, 0x0D7F, Script.Malayalam), (0x0D80, 0x0DFF, Script.Sinhala), (0x0E00, 0x0E7F, Script.Thai),
        (0x0E80, 0x0EFF, Script.Lao), (0x0F00, 0x0FFF, Script.Tibetan), (0x1000, 0x109F, Script.Myanmar), (0x10A0, 0x10FF, Script.Georgian),
        (0x1200, 0x137F, Script.Ethiopic), (0x1780, 0x17FF, Script.Khmer), (0x1C90, 0x1CBF, Script.Georgian), (0x1E00, 0x1EFF, Script.Latin),
        (0x1F00, 0x1FFF, Script.Greek), (0x3005, 0x3007, Script.Han), (0x3041, 0x309F, Script.Kana), (0x30A1, 0x30FE, Script.Kana),
        (0x3105, 0x312F, Script.Bopomofo), (0x3400, 0x4DBF, Script.Han), (0x4E00, 0x9FFF, Script.Han), (0xAC00, 0xD7A3, Script.Hangul),
        (0x20000, 0x323AF, Script.Han),
    ];

    /// <summary>Scripts that are written together.</summary>
    private static readonly Script[][] Together = [[Script.Han, Script.Kana], [Script.Han, Script.Hangul], [Script.Han, Script.Bopomofo]];

    /// <summary>Whether a character may stand in a name: a sign of ours, or a letter, mark or digit of a script in wide use.</summary>
    public static bool IsAllowed(Rune rune) =>
        rune.IsAscii ? Rune.IsLetterOrDigit(rune) || Signs.Contains((char)rune.Value, StringComparison.Ordinal)
        : ScriptOf(rune) is not Script.Common && Rune.GetUnicodeCategory(rune) is
            UnicodeCategory.LowercaseLetter or UnicodeCategory.UppercaseLetter or UnicodeCategory.OtherLetter or UnicodeCategory.ModifierLetter
            or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.DecimalDigitNumber
            or UnicodeCategory.LetterNumber;

    /// <summary>Whether all letters of a part of a name are of one script, or of scripts that are written together.</summary>
    public static bool IsOfOneScript(string part)
    {
        var scripts = part.EnumerateRunes().Select(ScriptOf).Where(static script => script != Script.Common).Distinct().ToList();
        return scripts.Count <= 1 || Together.Any(group => scripts.TrueForAll(group.Contains));
    }

    /// <summary>A part of a name whose letters all look Latin, in Latin: the two spellings are one account.</summary>
    public static string AsLatin(string part) =>
        part.Any(IsTwin) && part.All(static c => IsTwin(c) || (char.IsAscii(c) && !char.IsAsciiLetter(c)))
            ? string.Concat(part.Select(static c => IsTwin(c) ? Latin[Twins.IndexOf(c, StringComparison.Ordinal)] : c))
            : part;

    private static bool IsTwin(char c) => Twins.Contains(c, StringComparison.Ordinal);

    private static Script ScriptOf(Rune rune) => rune.IsAscii && !Rune.IsLetter(rune)
        ? Script.Common
        : Array.Find(Blocks, block => rune.Value >= block.First && rune.Value <= block.Last).Script;
}
