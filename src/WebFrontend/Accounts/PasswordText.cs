using System.Text;

namespace OrleansSessions.WebFrontend;

/// <summary>A password in the one form that all ways to type it share (NIST SP 800-63B-4, section 3.1.1.2).</summary>
internal readonly record struct PasswordText
{
    private PasswordText(string raw, string normal) => (Raw, Normal) = (raw, normal);

    /// <summary>The text as it came: hashes of earlier releases are of this.</summary>
    public string Raw { get; }

    /// <summary>The text in normal form KC, which is hashed.</summary>
    public string Normal { get; }

    /// <summary>Whether the text came in another form than the one that is hashed.</summary>
    public bool IsChanged => Raw != Normal;

    public static PasswordText Of(string? text)
    {
        var raw = text ?? "";
        try
        {
            return new PasswordText(raw, raw.Normalize(NormalizationForm.FormKC));
        }
        catch (ArgumentException)
        {
            // Half a surrogate pair has no normal form, and is as good a secret as any.
            return new PasswordText(raw, raw);
        }
    }

    /// <summary>Nothing of the password.</summary>
    public override string ToString() => nameof(PasswordText);
}
