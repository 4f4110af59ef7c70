using Microsoft.AspNetCore.DataProtection;

namespace OrleansSessions.AspNetCore;

/// <summary>Leaves the key in the cookie of session state as it is: 128 random bits need no protection.</summary>
/// <remarks>
/// A key that somebody made up finds no data, and a stolen one opens what the protected cookie opens. So front ends need not share
/// a key ring.
/// </remarks>
internal sealed class UnprotectedKeys : IDataProtector
{
    public IDataProtector CreateProtector(string purpose) => this;

    public byte[] Protect(byte[] plaintext) => plaintext;

    public byte[] Unprotect(byte[] protectedData) => protectedData;
}
