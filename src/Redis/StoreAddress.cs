using System.Net;
using StackExchange.Redis;

namespace OrleansSessions.Redis;

/// <summary>Where Redis is: a <see cref="RedisUrl"/>, or a connection string of StackExchange.Redis.</summary>
/// <remarks>What cannot be read is never repeated, nor the client's own words about it: a part of it may be of a password.</remarks>
internal static class StoreAddress
{
    internal const string Setting = "OrleansSessions__Redis";

    internal const string Forms = "HOST:PORT[,option=value], or redis://USER:PASSWORD@HOST:PORT/DATABASE (rediss:// with TLS)";

    /// <summary>Reads an address.</summary>
    /// <param name="address">The address.</param>
    /// <param name="defaults">Options in the client's notation, for what the address does not say.</param>
    /// <exception cref="StoreAddressException">It is none.</exception>
    public static ConfigurationOptions Read(string address, string defaults = "")
    {
        if (RedisUrl.IsUrl(address))
        {
            return RedisUrl.Read(address, defaults);
        }

        // What follows the options is not a server, but the rest of a value that has a comma: of a password, nearly always.
        var parts = address.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (parts.SkipWhile(static part => !IsOption(part)).Any(static part => !IsOption(part)))
        {
            throw new StoreAddressException(
                $"OrleansSessions:Redis has a part without a name after its options; if the password has a comma, set {Setting} to "
                + "redis://USER:PASSWORD@HOST:PORT (rediss:// with TLS), with %2C for the comma.");
        }

        // What is said twice counts as it is said last.
        return ReadOptions(defaults + address) is { EndPoints.Count: > 0 } options ? options : throw Unreadable();
    }

    /// <summary>The servers, for a message. A name that came without a port might be anything, and is left out.</summary>
    public static string Describe(ConfigurationOptions options) => string.Join(", ", options.EndPoints.Select(Describe));

    /// <summary>A server, for a message.</summary>
    public static string Describe(EndPoint endpoint) => endpoint switch
    {
        DnsEndPoint { Port: > 0 } dns => $"{dns.Host}:{dns.Port}",
        IPEndPoint { Port: > 0 } ip => ip.ToString(),
        IPEndPoint ip => ip.Address.ToString(),
        _ => "the host that OrleansSessions:Redis names",
    };

    /// <summary>Reads options in the client's notation.</summary>
    internal static ConfigurationOptions ReadOptions(string options)
    {
        try
        {
            return options.Length > 0 ? ConfigurationOptions.Parse(options) : new ConfigurationOptions();
        }
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException)
        {
            throw Unreadable();
        }
    }

    private static StoreAddressException Unreadable() => new($"OrleansSessions:Redis is not an address of Redis; set {Setting} to {Forms}.");

    private static bool IsOption(string part) => part.Contains('=', StringComparison.Ordinal) || part.StartsWith('$');
}
