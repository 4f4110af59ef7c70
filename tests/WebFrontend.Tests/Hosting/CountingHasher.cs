using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace OrleansSessions.WebFrontend.Tests;

/// <summary>The real hasher, which counts.</summary>
internal sealed class CountingHasher : IPasswordHasher<object>
{
    private readonly PasswordHasher<object> _inner = new(Options.Create(new PasswordHasherOptions { IterationCount = 500 }));
    private int _verifications;
    private int _evaluated;

    /// <summary>The hash whose evaluations are counted apart.</summary>
    public string? Victim { get; set; }

    public int Verifications => _verifications;

    public int Evaluated => _evaluated;

    public string HashPassword(object user, string password) => _inner.HashPassword(user, password);

    public PasswordVerificationResult VerifyHashedPassword(object user, string hashedPassword, string providedPassword)
    {
        Interlocked.Increment(ref _verifications);
        if (hashedPassword == Victim)
        {
            Interlocked.Increment(ref _evaluated);
        }

        return _inner.VerifyHashedPassword(user, hashedPassword, providedPassword);
    }
}
