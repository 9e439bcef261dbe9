namespace Nexus.Monitoring.Web.Formatting;

internal static class Spaces
{
    /// <summary>Between a number and its unit: they never part at the end of a line.</summary>
    public const char NoBreak = '\u00a0';

    /// <summary>Between thousands.</summary>
    public const char Thin = '\u202f';
}
