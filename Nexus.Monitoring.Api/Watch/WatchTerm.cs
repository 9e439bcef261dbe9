using System.Globalization;

namespace Nexus.Monitoring.Api.Watch;

/// <summary>A node's right to append verdicts.</summary>
/// <param name="Token">Fencing token: rises with each change of the watching node.</param>
/// <param name="Sequence">Appends under this token so far: an append whose answer was lost cannot be carried out late.</param>
internal readonly record struct WatchTerm(long Token, long Sequence)
{
    public WatchTerm Next => this with { Sequence = Sequence + 1 };

    /// <summary><c>token:sequence</c></summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Token}:{Sequence}");

    /// <summary>A text that is none counts as the term before the first.</summary>
    public static WatchTerm Parse(string? text)
    {
        var parts = (text ?? "").Split(':');
        return parts.Length == 2
            && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var token)
            && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            ? new WatchTerm(token, sequence)
            : default;
    }
}
