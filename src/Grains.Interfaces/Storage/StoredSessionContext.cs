using System.Text.Json.Serialization;

namespace OrleansSessions;

/// <summary>Reads stored sessions without reflection.</summary>
[JsonSerializable(typeof(StoredSessionView))]
internal sealed partial class StoredSessionContext : JsonSerializerContext;
