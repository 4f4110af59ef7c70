namespace OrleansSessions;

/// <summary>A record is stored, and is damaged: it says nothing, and it is not absent.</summary>
/// <remarks>
/// A storage that throws it has set the etag of the state that was to take the record, so that the record can be replaced.
/// </remarks>
[GenerateSerializer, Alias("OrleansSessions.UnreadableRecordException")]
public sealed class UnreadableRecordException : OrleansException
{
    /// <summary>Makes the exception with a general message.</summary>
    public UnreadableRecordException()
        : this("A stored record cannot be read.")
    {
    }

    /// <summary>Makes the exception with a message, which names the record and nothing of its contents.</summary>
    public UnreadableRecordException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception with what caused it.</summary>
    public UnreadableRecordException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
