using Microsoft.Extensions.Options;
using Orleans.Serialization;
using Orleans.Storage;

namespace OrleansSessions.Server;

/// <summary>The form of records. They are read back by it for years, so no application's options take part in it.</summary>
/// <remarks>Fixed schema: the default one would take the names of .NET types from the data (CVE-2020-9484 and its kin).</remarks>
internal static class RecordSerializer
{
    public static IGrainStorageSerializer Instance { get; } =
        new SystemTextJsonGrainStorageSerializer(Options.Create(new SystemTextJsonGrainStorageSerializerOptions()));
}
