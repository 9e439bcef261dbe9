using System.Text.Json;

namespace Nexus.Monitoring.Api.Streaming;

/// <summary>JSON can spell what no text can hold: <c>"\ud800"</c>, one half of a surrogate pair. Whoever asks for such a text gets an exception.</summary>
/// <seealso href="https://www.rfc-editor.org/rfc/rfc8259#section-8.2"/>
internal static class JsonText
{
    public const string Problem = "A text of the message holds one half of a surrogate pair (\\ud800 to \\udfff).";

    /// <summary>Whether all names and texts can be read; also of what is no JSON, which says so itself.</summary>
    public static bool IsWellFormed(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IndexOf("\\u"u8) < 0)
        {
            return true;
        }

        var reader = new Utf8JsonReader(utf8);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
                {
                    reader.GetString();
                }
            }

            return true;
        }
        catch (JsonException)
        {
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
