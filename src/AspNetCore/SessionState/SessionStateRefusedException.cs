namespace OrleansSessions.AspNetCore;

/// <summary>Changes of session state were refused: nothing of them is stored.</summary>
public sealed class SessionStateRefusedException : InvalidOperationException
{
    /// <summary>Makes the exception with a general message.</summary>
    public SessionStateRefusedException()
        : this("The session state was not changed.")
    {
    }

    /// <summary>Makes the exception with a message.</summary>
    public SessionStateRefusedException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception with what caused it.</summary>
    public SessionStateRefusedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Makes the exception of a status.</summary>
    internal SessionStateRefusedException(SessionDataStatus status, string message)
        : base(message) => Status = status;

    /// <summary>Why.</summary>
    public SessionDataStatus Status { get; }
}
