namespace OrleansSessions.Redis;

/// <summary>The address of Redis cannot be read. The message says what to change, and repeats nothing of it.</summary>
internal sealed class StoreAddressException(string message) : Exception(message);
