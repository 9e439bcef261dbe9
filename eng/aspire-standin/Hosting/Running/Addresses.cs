using System.Text;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Running;

/// <summary>Where each resource can be reached, as a list for a person.</summary>
internal static class Addresses
{
    public static string Describe(DistributedApplicationModel model)
    {
        var text = new StringBuilder();
        foreach (var resource in model.Resources.OfType<IResourceWithEndpoints>())
        {
            foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>().Where(endpoint => !endpoint.Name.StartsWith("otlp", StringComparison.Ordinal)))
            {
                text.Append($"\n  {resource.Name,-18} {UrlOf(resource, endpoint)}");
            }
        }

        return text.ToString();
    }

    private static string UrlOf(IResourceWithEndpoints resource, EndpointAnnotation endpoint)
    {
        var url = new ResourceUrlAnnotation { Url = endpoint.AllocatedEndpoint!.UriString, Endpoint = resource.GetEndpoint(endpoint.Name) };
        foreach (var callback in resource.Annotations.OfType<EndpointUrlCallbackAnnotation>().Where(callback => callback.EndpointName == endpoint.Name))
        {
            callback.Callback(url);
        }

        return url.Url.StartsWith('/') ? endpoint.AllocatedEndpoint.UriString + url.Url : url.Url;
    }
}
