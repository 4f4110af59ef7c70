using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using StackExchange.Redis;

namespace OrleansSessions.Redis;

/// <summary>Finds out why a Redis cannot be used, by taking the steps of the client one by one.</summary>
/// <remarks>The client tries again whatever fails, and tells of it, if at all, as of a time-out.</remarks>
internal static class StoreDiagnosis
{
    private const int DefaultPort = 6379;
    private const string Payload = "orleans-sessions";
    private const string AddressAdvice = $"start it, or set {StoreAddress.Setting} to {StoreAddress.Forms}";
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(2);

    /// <summary>Tries the servers one after the other.</summary>
    /// <returns>What is wrong with the first that is not as it should be; null where nothing is.</returns>
    public static async Task<StoreFault?> FindAsync(ConfigurationOptions options, CancellationToken cancellationToken)
    {
        foreach (var endpoint in options.EndPoints)
        {
            if (await FindAsync(options, endpoint, cancellationToken) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    private static async Task<StoreFault?> FindAsync(ConfigurationOptions options, EndPoint endpoint, CancellationToken cancellationToken)
    {
        var server = StoreAddress.Describe(endpoint);
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bound.CancelAfter(Bound);
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(WithPort(endpoint), bound.Token);
            await using var stream = new NetworkStream(socket);
            return options.Ssl
                ? await SecureAsync(options, server, endpoint, stream, bound.Token)
                : await TalkAsync(options, new StoreTalk(server, stream, isSecure: false), bound.Token);
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain)
        {
            return new StoreFault(server, $"cannot be found: its name cannot be resolved ({e.SocketErrorCode})", AddressAdvice);
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            var reason = (e as SocketException ?? e.InnerException as SocketException)?.SocketErrorCode ?? SocketError.ConnectionReset;
            return new StoreFault(server, $"did not answer ({reason})", AddressAdvice);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return options.Ssl && await AnswersPlainlyAsync(endpoint, cancellationToken)
                ? NoTls(server)
                : new StoreFault(server, "did not answer", AddressAdvice);
        }
    }

    // A Redis without TLS takes the first bytes of it for a command whose end is still to come.
    private static async Task<bool> AnswersPlainlyAsync(EndPoint endpoint, CancellationToken cancellationToken)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bound.CancelAfter(Bound);
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(WithPort(endpoint), bound.Token);
            await socket.SendAsync("PING\r\n"u8.ToArray(), bound.Token);
            return await socket.ReceiveAsync(new byte[1], bound.Token) > 0;
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private static StoreFault NoTls(string server) =>
        new(server, "does not speak TLS", "write redis:// in place of rediss://, or leave ssl=true out");

    private static async Task<StoreFault?> SecureAsync(
        ConfigurationOptions options, string server, EndPoint endpoint, Stream plain, CancellationToken cancellationToken)
    {
        StoreFault? distrust = null;
        await using var stream = new SslStream(plain, leaveInnerStreamOpen: false, (_, _, chain, errors) =>
            (distrust = Judge(server, chain, errors)) is null);
        try
        {
            await stream.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions { TargetHost = options.SslHost ?? HostOf(endpoint) }, cancellationToken);
        }
        catch (Exception e) when (e is AuthenticationException or IOException)
        {
            return distrust ?? NoTls(server);
        }

        return await TalkAsync(options, new StoreTalk(server, stream, isSecure: true), cancellationToken);
    }

    private static StoreFault? Judge(string server, X509Chain? chain, SslPolicyErrors errors) => errors switch
    {
        SslPolicyErrors.None => null,
        _ when errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) =>
            new StoreFault(server, "has a certificate of another name", "use a name that is in it, or set the option sslHost to one"),
        _ when chain?.ChainStatus.Any(static status => status.Status.HasFlag(X509ChainStatusFlags.NotTimeValid)) == true =>
            new StoreFault(server, "has a certificate that has expired, or is not valid yet", "renew it, or set this machine's clock"),
        _ => new StoreFault(server, "has a certificate that is not trusted here", "have this machine trust its issuer, by SSL_CERT_FILE for one"),
    };

    private static async Task<StoreFault?> TalkAsync(ConfigurationOptions options, StoreTalk talk, CancellationToken cancellationToken)
    {
        // A Sentinel knows no ECHO, and the password is that of the primaries.
        if (!string.IsNullOrEmpty(options.ServiceName))
        {
            return await talk.TryAsync(["PING"], cancellationToken);
        }

        string[] credentials = string.IsNullOrEmpty(options.User) ? [options.Password ?? ""] : [options.User, options.Password ?? ""];
        return (string.IsNullOrEmpty(options.Password) ? null : await talk.TryAsync(["AUTH", .. credentials], cancellationToken))
            ?? await talk.TryAsync(["ECHO", Payload], cancellationToken)
            ?? await talk.TryAsync(["PING"], cancellationToken);
    }

    private static EndPoint WithPort(EndPoint endpoint) => endpoint switch
    {
        DnsEndPoint { Port: 0 } dns => new DnsEndPoint(dns.Host, DefaultPort),
        IPEndPoint { Port: 0 } ip => new IPEndPoint(ip.Address, DefaultPort),
        _ => endpoint,
    };

    private static string HostOf(EndPoint endpoint) => endpoint switch
    {
        DnsEndPoint dns => dns.Host,
        IPEndPoint ip => ip.Address.ToString(),
        _ => "",
    };
}
