using Nexus.Monitoring.Contracts.Query;

namespace Nexus.Monitoring.Web.Query;

/// <summary>Which values a field has, as far as somebody has counted them.</summary>
internal interface IFieldValues
{
    /// <summary>The most frequent values that hold <paramref name="written"/>, and what was counted, in words.</summary>
    /// <param name="field">A field with words or whole numbers.</param>
    /// <param name="written">What the value has to hold, in upper or lower case; empty for any.</param>
    /// <param name="project">Only of this project.</param>
    /// <param name="cancellationToken">Ends the counting.</param>
    ValueTask<(IReadOnlyList<FieldCount> Values, string Among)> CountAsync(
        QueryField field, string written, string? project, CancellationToken cancellationToken);

    /// <summary>Names below <c>meta</c>, <c>counts</c> and <c>queue</c> that events have.</summary>
    IReadOnlyList<string> Paths();
}
