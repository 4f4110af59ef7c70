namespace OrleansSessions.LeaseModel.Tests;

/// <summary>The session as it is stored. A record that is not active is a tombstone.</summary>
internal readonly record struct SessionRecord(int Etag, bool Active);
