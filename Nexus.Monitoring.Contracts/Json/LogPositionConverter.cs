using System.Text.Json;
using System.Text.Json.Serialization;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Contracts.Json;

internal sealed class LogPositionConverter : JsonConverter<LogPosition>
{
    public override LogPosition Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && LogPosition.TryParse(reader.GetString(), out var position)
            ? position
            : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, LogPosition value, JsonSerializerOptions options)
    {
        Span<byte> text = stackalloc byte[LogPosition.MaxLength];
        value.TryFormat(text, out var written);
        writer.WriteStringValue(text[..written]);
    }
}
