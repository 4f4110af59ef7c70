using System.Buffers;
using System.Globalization;
using System.Net;
using StackExchange.Redis;

namespace OrleansSessions.Redis;

/// <summary>The URLs that hosts hand out: <c>redis://[[USER]:PASSWORD@]HOST[:PORT][,HOST…][/DATABASE][?option=value&amp;…]</c>.</summary>
/// <remarks><c>rediss</c> is with TLS. User, password and the values of options are percent-encoded; options are the client's own.</remarks>
internal static class RedisUrl
{
    private const string Plain = "redis://";
    private const string Secure = "rediss://";
    private const int DefaultPort = 6379;

    private static readonly SearchValues<char> Letters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ+-");

    /// <summary>Whether a text is meant as a URL, of whatever scheme.</summary>
    public static bool IsUrl(string address) => address.IndexOf("://", StringComparison.Ordinal) is > 0 and var end
        && address.AsSpan(0, end).Trim().ContainsAnyExcept(Letters) is false;

    /// <summary>Reads a URL.</summary>
    /// <param name="url">The URL.</param>
    /// <param name="defaults">Options in the client's notation, for what the URL does not say.</param>
    /// <exception cref="StoreAddressException">It is none.</exception>
    public static ConfigurationOptions Read(string url, string defaults)
    {
        url = url.Trim();
        var isSecure = url.StartsWith(Secure, StringComparison.OrdinalIgnoreCase);
        if (!isSecure && !url.StartsWith(Plain, StringComparison.OrdinalIgnoreCase))
        {
            throw Unreadable("begins with neither redis:// nor rediss://");
        }

        var (rest, query) = Cut(url[(isSecure ? Secure : Plain).Length..], '?');
        var (authority, database) = Cut(rest, '/');
        var at = authority.LastIndexOf('@');
        var options = StoreAddress.ReadOptions(defaults + string.Join(',', query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(Option)));
        foreach (var host in authority[(at + 1)..].Split(','))
        {
            options.EndPoints.Add(Endpoint(host));
        }

        if (at >= 0)
        {
            (options.User, options.Password) = Credentials(authority[..at]);
        }

        options.Ssl = isSecure;
        if (database.Length > 0)
        {
            options.DefaultDatabase = int.TryParse(database, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number
                : throw Unreadable("names a database that is not a number");
        }

        return options;
    }

    private static (string? User, string? Password) Credentials(string text)
    {
        if (!text.Contains(':', StringComparison.Ordinal))
        {
            throw Unreadable("has a user without a password, or a password without a colon before it");
        }

        var (user, password) = Cut(text, ':');
        return (user.Length > 0 ? Uri.UnescapeDataString(user) : null, Uri.UnescapeDataString(password));
    }

    private static EndPoint Endpoint(string text)
    {
        var isV6 = text.StartsWith('[');
        var end = isV6 ? text.IndexOf(']', StringComparison.Ordinal) + 1 : text.IndexOf(':', StringComparison.Ordinal);
        var host = end > 0 ? text[..end] : text;
        var port = text[host.Length..];
        var number = DefaultPort;
        if (port.Length > 0 && (port[0] != ':' || !TryPort(port[1..], out number)))
        {
            throw Unreadable("has a port that is not a number, or a '/', '?', '#' or '@' that is not percent-encoded");
        }

        if (isV6 && !host.EndsWith(']'))
        {
            throw Unreadable("names no host");
        }

        if (IPAddress.TryParse(isV6 ? host[1..^1] : host, out var address))
        {
            return new IPEndPoint(address, number);
        }

        return !isV6 && host.Length > 0 && host.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_')
            ? new DnsEndPoint(host, number)
            : throw Unreadable("names no host");
    }

    private static bool TryPort(string text, out int port) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is >= 1 and <= IPEndPoint.MaxPort;

    // The client's notation knows no way to write a comma.
    private static string Option(string text) => Uri.UnescapeDataString(text) is var option && !option.Contains(',', StringComparison.Ordinal)
        ? option
        : throw Unreadable("has an option with a comma");

    private static (string Before, string After) Cut(string text, char separator)
    {
        var at = text.IndexOf(separator, StringComparison.Ordinal);
        return at < 0 ? (text, "") : (text[..at], text[(at + 1)..]);
    }

    private static StoreAddressException Unreadable(string reason) => new(
        $"OrleansSessions:Redis {reason}; set {StoreAddress.Setting} to redis://USER:PASSWORD@HOST:PORT/DATABASE (rediss:// with TLS), "
        + "user and password percent-encoded.");
}
