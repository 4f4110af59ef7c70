using Microsoft.AspNetCore.Identity;

namespace OrleansSessions.WebFrontend;

/// <summary>What a check of a password against a hash came to.</summary>
/// <param name="IsRight">Whether it is the password.</param>
/// <param name="IsOutdated">Whether the hash is to be renewed: of old parameters, or of the text as it once came.</param>
internal readonly record struct PasswordVerification(bool IsRight, bool IsOutdated);

/// <summary>Hashes and checks passwords, as many at once as there are cores and no more.</summary>
/// <remarks>
/// A hash costs tens of milliseconds of a core by intention. A flood of sign-ins waits in this line, and leaves the
/// thread pool to the validation of sessions.
/// </remarks>
internal sealed class PasswordHashing : IDisposable
{
    /// <summary>What OWASP recommends for PBKDF2 with HMAC-SHA512, which is what the hasher uses.</summary>
    public const int RecommendedIterations = 210_000;

    private static readonly object Nobody = new();

    private readonly SemaphoreSlim _cores = new(Environment.ProcessorCount);
    private readonly IPasswordHasher<object> _hasher;
    private readonly Lazy<string> _nobodysHash;

    public PasswordHashing(IPasswordHasher<object> hasher)
    {
        _hasher = hasher;
        _nobodysHash = new Lazy<string>(() => _hasher.HashPassword(Nobody, Guid.Empty.ToString()));
    }

    /// <summary>Hashes a password.</summary>
    public Task<string> HashAsync(PasswordText password, CancellationToken cancellationToken) =>
        InLineAsync(() => _hasher.HashPassword(Nobody, password.Normal), cancellationToken);

    /// <summary>Checks a password against a hash, which may be of the text as it came.</summary>
    public async Task<PasswordVerification> VerifyAsync(string hash, PasswordText password, CancellationToken cancellationToken)
    {
        var result = await VerifyAsync(hash, password.Normal, cancellationToken);
        if (result != PasswordVerificationResult.Failed || !password.IsChanged)
        {
            return new PasswordVerification(
                result != PasswordVerificationResult.Failed, result == PasswordVerificationResult.SuccessRehashNeeded);
        }

        var ofRaw = await VerifyAsync(hash, password.Raw, cancellationToken);
        return new PasswordVerification(ofRaw != PasswordVerificationResult.Failed, IsOutdated: true);
    }

    /// <summary>Takes the time of a failing check with the present parameters, where there is nothing to check (CWE-204, CWE-208).</summary>
    public async Task FailToVerifyAsync(PasswordText password, CancellationToken cancellationToken)
    {
        for (var i = 0; i < (password.IsChanged ? 2 : 1); i++)
        {
            await InLineAsync(
                () => _hasher.VerifyHashedPassword(Nobody, _nobodysHash.Value, "a password that nobody has"), cancellationToken);
        }
    }

    /// <summary>Does work of the same weight in the same line.</summary>
    public async Task<T> InLineAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        await _cores.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(work, CancellationToken.None);
        }
        finally
        {
            _cores.Release();
        }
    }

    public void Dispose() => _cores.Dispose();

    private Task<PasswordVerificationResult> VerifyAsync(string hash, string password, CancellationToken cancellationToken) =>
        InLineAsync(() => _hasher.VerifyHashedPassword(Nobody, hash, password), cancellationToken);
}
