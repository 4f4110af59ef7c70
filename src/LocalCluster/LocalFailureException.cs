namespace OrleansSessions.LocalCluster;

/// <summary>The cluster cannot run here as it was asked to. The message says what to change.</summary>
internal sealed class LocalFailureException(string message, Exception? innerException = null) : Exception(message, innerException);
