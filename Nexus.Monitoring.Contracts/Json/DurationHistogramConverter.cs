using System.Text.Json;
using System.Text.Json.Serialization;
using Nexus.Monitoring.Contracts.State;

namespace Nexus.Monitoring.Contracts.Json;

/// <summary>Writes the buckets that are not empty, as <c>[bucket, count, bucket, count …]</c>.</summary>
internal sealed class DurationHistogramConverter : JsonConverter<DurationHistogram>
{
    public override DurationHistogram Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var histogram = new DurationHistogram();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException();
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var bucket = reader.GetInt32();
            if (!reader.Read() || bucket is < 0 or >= DurationHistogram.BucketCount)
            {
                throw new JsonException();
            }

            histogram.Add(bucket, reader.GetInt32());
        }

        return histogram;
    }

    public override void Write(Utf8JsonWriter writer, DurationHistogram value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        for (var bucket = 0; value.Count > 0 && bucket < DurationHistogram.BucketCount; bucket++)
        {
            if (value.CountOf(bucket) > 0)
            {
                writer.WriteNumberValue(bucket);
                writer.WriteNumberValue(value.CountOf(bucket));
            }
        }

        writer.WriteEndArray();
    }
}
