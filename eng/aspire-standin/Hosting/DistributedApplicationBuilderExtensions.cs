using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting;

public static class DistributedApplicationBuilderExtensions
{
    public static IResourceBuilder<RedisResource> AddRedis(this IDistributedApplicationBuilder builder, string name, int? port = null) =>
        builder.AddResource(new RedisResource(name)).WithEndpoint(port, targetPort: 6379, scheme: "tcp");

    public static IResourceBuilder<ConnectionStringResource> AddConnectionString(
        this IDistributedApplicationBuilder builder, string name, ReferenceExpression connectionStringExpression)
    {
        var connectionString = builder.AddResource(new ConnectionStringResource(name, connectionStringExpression));
        foreach (var owner in Owners(connectionStringExpression))
        {
            connectionString.WaitForStart(builder.CreateResourceBuilder(owner));
        }

        return connectionString;
    }

    public static IResourceBuilder<ConnectionStringResource> AddConnectionString(
        this IDistributedApplicationBuilder builder, string name, string? environmentVariableName = null)
    {
        var parameter = new ParameterResource(name, () => builder.Configuration.GetConnectionString(name)
            ?? builder.Configuration[environmentVariableName ?? ""]
            ?? throw new DistributedApplicationException($"The connection string 'ConnectionStrings:{name}' is missing."), secret: true);
        return builder.AddConnectionString(name, ReferenceExpression.Create($"{parameter}"));
    }

    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, string name, bool secret = false)
    {
        return builder.AddResource(new ParameterResource(name, Read, secret));

        string Read() => builder.Configuration[$"Parameters:{name}"]
            ?? throw new DistributedApplicationException($"The parameter 'Parameters:{name}' is missing.");
    }

    public static T OnBeforeStart<T>(this T builder, Func<BeforeStartEvent, CancellationToken, Task> callback)
        where T : IDistributedApplicationBuilder
    {
        builder.Services.AddSingleton(callback);
        return builder;
    }

    private static IEnumerable<IResource> Owners(ReferenceExpression expression) => expression.ValueProviders
        .Select(value => value switch
        {
            EndpointReference endpoint => endpoint.Resource,
            EndpointReferenceExpression property => property.Endpoint.Resource,
            IResourceWithConnectionString resource => (IResource)resource,
            _ => null,
        })
        .OfType<IResource>()
        .Distinct();
}
