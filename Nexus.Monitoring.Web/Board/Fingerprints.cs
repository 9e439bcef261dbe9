using System.Text.RegularExpressions;

namespace Nexus.Monitoring.Web.Board;

/// <summary>Error texts: what varies from one failure to its like, and what stays.</summary>
internal static partial class Fingerprints
{
    /// <summary>The text in pieces, so that numbers and ids can be set in a quieter colour.</summary>
    public static IEnumerable<(string Text, bool IsVariable)> Parts(string error)
    {
        var at = 0;
        foreach (Match match in Variable().Matches(error))
        {
            if (match.Index > at)
            {
                yield return (error[at..match.Index], false);
            }

            yield return (match.Value, true);
            at = match.Index + match.Length;
        }

        if (at < error.Length)
        {
            yield return (error[at..], false);
        }
    }

    /// <summary>The longest stretch of an error that does not vary: what to search for to find its like.</summary>
    public static string SearchText(string error) =>
        Parts(error).Where(part => !part.IsVariable).Select(part => part.Text.Trim()).MaxBy(text => text.Length) ?? error;

    /// <summary>Ids of eight or more hex digits and dashes, and numbers.</summary>
    [GeneratedRegex(@"\b(?=[0-9a-fA-F-]*\d)[0-9a-fA-F][0-9a-fA-F-]{7,}\b|\d+(?:[.,]\d+)*")]
    private static partial Regex Variable();
}
