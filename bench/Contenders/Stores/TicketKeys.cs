using System.Buffers.Text;
using System.Security.Cryptography;

namespace OrleansSessions.Contenders;

/// <summary>Keys that cannot be guessed.</summary>
internal static class TicketKeys
{
    /// <summary>A new key.</summary>
    public static string Create() => $"ticket-{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32))}";
}
