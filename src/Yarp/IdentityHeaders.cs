using System.Text;

namespace OrleansSessions.Yarp;

/// <summary>Tells which headers speak of the user, in whatever spelling.</summary>
/// <remarks>
/// Servers hand headers to applications under names in which hyphen, underscore and dot have become one, and case is lost (RFC
/// 3875, 4.1.18). So <c>remote_user</c> and <c>Remote.User</c> are <c>Remote-User</c> to the application.
/// </remarks>
internal sealed class IdentityHeaders
{
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly List<string> _prefixes = [];

    public IdentityHeaders(IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            if (name.EndsWith('*'))
            {
                _prefixes.Add(Fold(name[..^1]));
            }
            else
            {
                _names.Add(Fold(name));
            }
        }
    }

    public bool Contains(string name)
    {
        var folded = Fold(name);
        return _names.Contains(folded) || _prefixes.Exists(prefix => folded.StartsWith(prefix, StringComparison.Ordinal));
    }

    /// <summary>A value that a header can carry: printable ASCII as it is, all else percent-encoded, the per cent sign included.</summary>
    public static string Encode(string value)
    {
        var encoded = new StringBuilder(value.Length);
        foreach (var each in Encoding.UTF8.GetBytes(value))
        {
            if (each is > 0x20 and < 0x7F and not (byte)'%')
            {
                encoded.Append((char)each);
            }
            else
            {
                encoded.Append('%').Append(Convert.ToHexString([each]));
            }
        }

        return encoded.ToString();
    }

    private static string Fold(string name) =>
        string.Create(name.Length, name, static (folded, name) =>
        {
            for (var i = 0; i < name.Length; i++)
            {
                folded[i] = char.IsAsciiLetterOrDigit(name[i]) ? char.ToLowerInvariant(name[i]) : '-';
            }
        });
}
