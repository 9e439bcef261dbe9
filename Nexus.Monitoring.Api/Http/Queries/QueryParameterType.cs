namespace Nexus.Monitoring.Api.Http.Queries;

internal enum QueryParameterType
{
    Text,
    Integer,
    Flag,
}
