namespace OrleansSessions.AspNetCore;

/// <summary>The cluster cannot answer now. It says nothing of any session: keep the cookie, and answer 503.</summary>
public sealed class SessionsUnavailableException : Exception
{
    /// <summary>Makes the exception with a general message.</summary>
    public SessionsUnavailableException()
        : this("The session service cannot be reached.")
    {
    }

    /// <summary>Makes the exception with a message.</summary>
    public SessionsUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception with what caused it.</summary>
    public SessionsUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
