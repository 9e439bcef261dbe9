using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.HttpResults;
using Nexus.Monitoring.Contracts.Json;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Http.Lists;

/// <summary>Encodes answers while the state is locked; they are sent afterwards.</summary>
internal static class PageWriter
{
    public const string LimitParameter = "limit";
    public const string CursorParameter = "cursor";
    public const int DefaultLimit = 100;
    public const int MaxLimit = 1000;

    /// <summary><c>{"items":[…],"next":"…","position":"…"}</c></summary>
    public static ReadOnlyMemory<byte> Page<T>(IEnumerable<T> items, JsonTypeInfo<T> type, string? next, LogPosition position) => Write(json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("items");
        foreach (var item in items)
        {
            JsonSerializer.Serialize(json, item, type);
        }

        json.WriteEndArray();
        if (next is not null)
        {
            json.WriteString("next", next);
        }

        json.WriteString("position", position.ToString());
        json.WriteEndObject();
    });

    public static ReadOnlyMemory<byte> One<T>(T item, JsonTypeInfo<T> type) => Write(json => JsonSerializer.Serialize(json, item, type));

    public static ReadOnlyMemory<byte>? OneOrNull<T>(T? item, JsonTypeInfo<T> type) where T : class
    {
        if (item is null)
        {
            return null;
        }

        return One(item, type);
    }

    /// <summary>An object with further fields after its own.</summary>
    public static ReadOnlyMemory<byte> Extended<T>(T item, JsonTypeInfo<T> type, Action<Utf8JsonWriter> more) => Write(json =>
    {
        using var document = JsonSerializer.SerializeToDocument(item, type);
        json.WriteStartObject();
        foreach (var property in document.RootElement.EnumerateObject())
        {
            property.WriteTo(json);
        }

        more(json);
        json.WriteEndObject();
    });

    /// <summary>What is known without history: <c>is_complete</c> says that it may not be all, <c>problem</c> why.</summary>
    public static ReadOnlyMemory<byte> Incomplete<T>(T item, JsonTypeInfo<T> type, string problem) => Extended(item, type, json =>
    {
        json.WriteBoolean("is_complete", false);
        json.WriteString("problem", problem);
    });

    public static FileContentHttpResult Send(ReadOnlyMemory<byte> utf8) => TypedResults.Bytes(utf8, "application/json; charset=utf-8");

    public static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = MonitoringJson.Encoder, SkipValidation = true }))
        {
            write(json);
        }

        return buffer.WrittenMemory;
    }
}
