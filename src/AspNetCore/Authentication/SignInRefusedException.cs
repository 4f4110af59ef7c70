namespace OrleansSessions.AspNetCore;

/// <summary>
/// <c>HttpContext.SignInAsync</c> started no session: the user has too many, or the credentials were changed meanwhile.
/// <see cref="IBrowserSessions.SignInAsync"/> answers the same as an outcome.
/// </summary>
public sealed class SignInRefusedException : InvalidOperationException
{
    /// <summary>Makes the exception with a general message.</summary>
    public SignInRefusedException()
        : this("The sign-in was refused.")
    {
    }

    /// <summary>Makes the exception with a message.</summary>
    public SignInRefusedException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception with what caused it.</summary>
    public SignInRefusedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Makes the exception with why the sign-in was refused.</summary>
    public SignInRefusedException(SignInStatus status)
        : this($"The sign-in was refused: {status}. Catch this exception, or sign in through {nameof(IBrowserSessions)}, which answers it as an outcome.") =>
        Status = status;

    /// <summary>Why the sign-in was refused.</summary>
    public SignInStatus Status { get; }
}
