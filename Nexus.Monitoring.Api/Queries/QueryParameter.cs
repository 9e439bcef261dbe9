namespace Nexus.Monitoring.Api.Queries;

/// <summary>
/// Describes a query parameter for OpenAPI. Handlers read the query themselves, so that a value that is not valid is answered with
/// a sentence that says what is.
/// </summary>
internal sealed record QueryParameter(string Name, string Description, QueryParameterType Type = QueryParameterType.Text, bool MayRepeat = false);
