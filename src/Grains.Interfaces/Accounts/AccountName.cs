using System.Diagnostics.CodeAnalysis;

namespace OrleansSessions.Grains.Interfaces;

/// <summary>The name of a local account: as its owner writes it, and in the form that two spellings of it share.</summary>
/// <remarks>ASCII only: two names that look alike in some font (homoglyphs) would be two accounts.</remarks>
public sealed record AccountName
{
    /// <summary>The shortest name, in characters.</summary>
    public const int MinLength = 2;

    /// <summary>The longest name, in characters.</summary>
    public const int MaxLength = 64;

    private AccountName(string display, string key) => (Display, Key) = (display, key);

    /// <summary>The name as its owner writes it.</summary>
    public string Display { get; }

    /// <summary>The grain key: in lower case.</summary>
    public string Key { get; }

    /// <summary>Reads a name: letters, digits and <c>. _ - @ +</c>, without regard to surrounding white space.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out AccountName? name)
    {
        name = null;
        var display = text?.Trim();
        if (display is not { Length: >= MinLength and <= MaxLength } || !display.All(IsAllowed))
        {
            return false;
        }

        name = new AccountName(display, display.ToLowerInvariant());
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => Display;

    private static bool IsAllowed(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' or '@' or '+';
}
