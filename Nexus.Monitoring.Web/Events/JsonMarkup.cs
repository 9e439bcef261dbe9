using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Json;

namespace Nexus.Monitoring.Web.Events;

/// <summary>JSON as indented, coloured markup. Everything that comes from outside is encoded.</summary>
internal static class JsonMarkup
{
    /// <summary>An event as it is on the wire, and how many bytes it has there.</summary>
    public static (string Markup, int Bytes) Of(MonitoringEvent entry)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(entry, MonitoringJson.Context.MonitoringEvent);
        using var document = JsonDocument.Parse(bytes);
        return (Of(document.RootElement), bytes.Length);
    }

    public static string Of(JsonElement element)
    {
        var markup = new StringBuilder();
        Write(markup, element, depth: 0);
        return markup.ToString();
    }

    private static void Write(StringBuilder markup, JsonElement element, int depth)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                WriteAll(markup, '{', '}', depth, element.EnumerateObject(), property =>
                {
                    markup.Append(Encoded($"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(property.Name)}\"")).Append(": ");
                    Write(markup, property.Value, depth + 1);
                });
                break;
            case JsonValueKind.Array:
                WriteAll(markup, '[', ']', depth, element.EnumerateArray(), item => Write(markup, item, depth + 1));
                break;
            default:
                var style = element.ValueKind switch { JsonValueKind.String => 's', JsonValueKind.Number => 'n', _ => 'k' };
                markup.Append("<span class=\"").Append(style).Append("\">").Append(Encoded(element.GetRawText())).Append("</span>");
                break;
        }
    }

    private static void WriteAll<T>(StringBuilder markup, char open, char close, int depth, IEnumerable<T> items, Action<T> write)
    {
        var isFirst = true;
        markup.Append(open);
        foreach (var item in items)
        {
            markup.Append(isFirst ? "\n" : ",\n").Append(' ', (depth + 1) * 2);
            write(item);
            isFirst = false;
        }

        if (!isFirst)
        {
            markup.Append('\n').Append(' ', depth * 2);
        }

        markup.Append(close);
    }

    private static string Encoded(string text) => HtmlEncoder.Default.Encode(text);
}
