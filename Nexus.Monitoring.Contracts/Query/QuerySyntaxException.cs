namespace Nexus.Monitoring.Contracts.Query;

/// <summary>Leaves the parser; never leaves <see cref="EventQuery.TryParse"/>.</summary>
internal sealed class QuerySyntaxException(QueryError error) : Exception(error.ToString())
{
    public QueryError Error { get; } = error;
}
