using System.Text;

namespace OrleansSessions.Redis;

/// <summary>The first words with a server, in the protocol of Redis, and what is wrong with its answers.</summary>
/// <param name="server">The server, for messages.</param>
/// <param name="stream">The connection to it.</param>
/// <param name="isSecure">Whether that is by TLS.</param>
internal sealed class StoreTalk(string server, Stream stream, bool isSecure)
{
    private const int LongestLine = 512;
    private const char TlsAlert = '\x15';
    private const string AddressAdvice = $"set {StoreAddress.Setting} to {StoreAddress.Forms}";

    /// <summary>Runs a command.</summary>
    /// <returns>What is wrong with the answer; null where it is as it should be. Nothing of its text is repeated but the code.</returns>
    public async Task<StoreFault?> TryAsync(string[] command, CancellationToken cancellationToken)
    {
        var text = new StringBuilder($"*{command.Length}\r\n");
        foreach (var word in command)
        {
            text.Append('$').Append(Encoding.UTF8.GetByteCount(word)).Append("\r\n").Append(word).Append("\r\n");
        }

        try
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), cancellationToken);
            var answer = await ReadLineAsync(cancellationToken);
            if (answer.StartsWith('$'))
            {
                await ReadLineAsync(cancellationToken);
            }

            return Judge(command[0], answer);
        }
        catch (IOException)
        {
            return Judge(command[0], "");
        }
    }

    private StoreFault? Judge(string command, string answer) => answer is [var kind, ..] ? kind switch
    {
        '+' or '$' => null,
        '-' => Refusal(command, answer[1..].Split(' ')[0]),
        TlsAlert when !isSecure => WantsTls("speaks TLS only"),
        _ => new StoreFault(server, "is something else: what answers there is not Redis", AddressAdvice),
    }
    : isSecure ? new StoreFault(server, "ends the connection at the first command", AddressAdvice) : WantsTls("ends the connection at the first command, as a port for TLS does");

    private StoreFault Refusal(string command, string code) => (command, code) switch
    {
        (_, "LOADING") => new StoreFault(server, "is still loading its data (LOADING)", "wait for it, for longer with OrleansSessions__Silo__StartTimeout") { IsLoading = true },
        (_, "NOAUTH") => new StoreFault(server, "asks for a user or password (NOAUTH)", AddressAdvice),
        ("AUTH", _) => new StoreFault(server, $"asks for a user or password, and refuses the one it was given ({Safe(code)})", AddressAdvice),
        (_, "NOPERM") => new StoreFault(server, $"does not let its user run {command} (NOPERM)", $"allow it with ACL SETUSER NAME +{command.ToLowerInvariant()}"),
        _ => new StoreFault(server, $"refuses {command} ({Safe(code)})", "its own log may tell why"),
    };

    private StoreFault WantsTls(string predicate) => new(server, predicate, "write rediss:// in place of redis://, or ssl=true, where it wants TLS");

    private static string Safe(string code) => code.All(char.IsAsciiLetterUpper) ? code : "an error";

    /// <summary>Reads a line; what there is of it where the connection ends.</summary>
    private async Task<string> ReadLineAsync(CancellationToken cancellationToken)
    {
        var line = new StringBuilder();
        var next = new byte[1];
        while (line.Length < LongestLine && await stream.ReadAsync(next, cancellationToken) > 0 && next[0] != '\n')
        {
            line.Append((char)next[0]);
        }

        return line.ToString().TrimEnd('\r');
    }
}
