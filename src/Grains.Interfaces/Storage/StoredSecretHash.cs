using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrleansSessions;

/// <summary>The stored form of a secret's hash: base64url. Earlier releases wrote an empty text where there is none.</summary>
internal sealed class StoredSecretHash : JsonConverter<SecretHash?>
{
    public override bool HandleNull => true;

    public override SecretHash? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            return reader.GetString() is { Length: > 0 } text ? SecretHash.FromBase64Url(text) : null;
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException)
        {
            // Without the text, and without the cause, which may repeat it.
            throw new JsonException("A secret's hash cannot be read.");
        }
    }

    public override void Write(Utf8JsonWriter writer, SecretHash? value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value?.ToBase64Url(), options);
}
