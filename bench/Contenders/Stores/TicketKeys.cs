using System.Buffers.Text;
using System.Security.Cryptography;

namespace OrleansSessions.Contenders;

/// <summary>Keys that cannot be guessed.</summary>
internal static class TicketKeys
{
    /// <summary>What all of them start with.</summary>
    public const string Prefix = "ticket-";

    /// <summary>A new key.</summary>
    public static string Create() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}
