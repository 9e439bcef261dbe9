namespace Nexus.Monitoring.Api.Queries;

internal enum QueryParameterType
{
    Text,
    Integer,
    Flag,
}
