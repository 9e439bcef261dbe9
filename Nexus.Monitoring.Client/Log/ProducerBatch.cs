using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Nexus.Monitoring.Client.Log;

/// <summary>
/// Names a batch, so that appending it again appends nothing: a producer that lost the answer sends the same batch under the same name
/// until it has one. Over HTTP in the header <c>Nexus-Producer-Batch</c> as <c>producer/number</c>.
/// </summary>
/// <param name="ProducerId">Who sends it: 1 to 64 letters, digits or dashes; a UUID, new for each start of a process.</param>
/// <param name="Number">From 1, one more with each batch. The next is sent when this one was answered.</param>
public readonly record struct ProducerBatch(string ProducerId, long Number)
{
    /// <summary>Name of the HTTP header.</summary>
    public const string HeaderName = "Nexus-Producer-Batch";

    private const int LongestId = 64;

    /// <summary>Reads <c>producer/number</c>.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out ProducerBatch batch)
    {
        batch = default;
        var slash = text?.IndexOf('/', StringComparison.Ordinal) ?? -1;
        if (text is null
            || slash is < 1 or > LongestId
            || !text.Take(slash).All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
            || !long.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || number < 1)
        {
            return false;
        }

        batch = new ProducerBatch(text[..slash], number);
        return true;
    }

    /// <summary><c>producer/number</c></summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{ProducerId}/{Number}");
}
