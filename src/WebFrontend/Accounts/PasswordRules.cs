using OrleansSessions.Accounts;

namespace OrleansSessions.WebFrontend;

/// <summary>Which passwords an account may have (ASVS 6.2): long enough, and not among the first that are guessed.</summary>
/// <remarks>No rule asks for capitals, digits or signs: such rules make passwords worse.</remarks>
internal sealed class PasswordRules
{
    /// <summary>The shortest password, in Unicode code points.</summary>
    public const int MinLength = 8;

    /// <summary>The longest password, in Unicode code points.</summary>
    public const int MaxLength = 128;

    /// <summary>The same for password managers that make one up.</summary>
    public const string ForManagers = "minlength: 8; maxlength: 128;";

    // The estimate takes time that grows faster than the length; what follows so long a beginning cannot make it weaker.
    private const int EstimatedLength = 40;

    // Below a million guesses: zxcvbn's own word for it is "risky", and every common password is in there.
    private const int LeastScore = 1;

    private readonly Lock _lock = new();
    private readonly Lazy<Zxcvbn.Zxcvbn> _estimator = new(static () => new Zxcvbn.Zxcvbn());

    /// <summary>Whether a password is longer than any that is accepted, so that it need not be hashed to be wrong.</summary>
    public static bool IsOverlong(string password) =>
        password.Length > MaxLength && password.EnumerateRunes().Skip(MaxLength).Any();

    /// <summary>What is wrong with a password, in words for its owner; null for nothing.</summary>
    public string? Fault(PasswordText text, AccountName owner)
    {
        var password = text.Normal;
        if (IsOverlong(password))
        {
            return $"Choose a password of at most {MaxLength} characters.";
        }

        if (password.EnumerateRunes().Count() < MinLength)
        {
            return $"Choose a password of at least {MinLength} characters.";
        }

        return IsEasilyGuessed(password, owner)
            ? "This password is among the first that an attacker would try. Choose a longer or less usual one."
            : null;
    }

    private bool IsEasilyGuessed(string password, AccountName owner)
    {
        // What is the user's name or a part of it is as good as public.
        var ownWords = owner.Key.Split(['.', '_', '-', '@', '+', '\''], StringSplitOptions.RemoveEmptyEntries).Append(owner.Key);
        lock (_lock)
        {
            return _estimator.Value.EvaluatePassword(password[..Math.Min(password.Length, EstimatedLength)], ownWords).Score < LeastScore;
        }
    }
}
