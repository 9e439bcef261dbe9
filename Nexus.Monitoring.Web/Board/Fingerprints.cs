using Nexus.Monitoring.Contracts.State;

namespace Nexus.Monitoring.Web.Board;

internal static class Fingerprints
{
    /// <summary>The longest stretch of an error that does not vary: what to search for to find its like.</summary>
    public static string SearchText(string error) =>
        ErrorFingerprint.Parts(error).Where(part => !part.IsVariable).Select(part => part.Text.Trim()).MaxBy(text => text.Length) ?? error;
}
