namespace OrleansSessions;

/// <summary>Says, as a service, that sessions are kept in the memory of this process: there is no Redis to read from.</summary>
internal sealed class StoreInMemory;
