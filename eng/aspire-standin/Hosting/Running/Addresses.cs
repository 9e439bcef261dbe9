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
                var name = resource.Name;
                foreach (var url in UrlsOf(resource, endpoint))
                {
                    text.Append($"\n  {name,-18} {url.Url}{(url.DisplayText is null ? "" : $"  {url.DisplayText}")}");
                    name = "";
                }
            }
        }

        return text.ToString();
    }

    /// <summary>The endpoint's own, as the program changed it, then those it added.</summary>
    private static IEnumerable<ResourceUrlAnnotation> UrlsOf(IResourceWithEndpoints resource, EndpointAnnotation endpoint)
    {
        var root = endpoint.AllocatedEndpoint!.UriString;
        var own = new ResourceUrlAnnotation { Url = root, Endpoint = resource.GetEndpoint(endpoint.Name) };
        foreach (var callback in resource.Annotations.OfType<EndpointUrlCallbackAnnotation>().Where(callback => callback.EndpointName == endpoint.Name))
        {
            callback.Callback(own);
        }

        var added = resource.Annotations.OfType<EndpointUrlAnnotation>()
            .Where(added => added.EndpointName == endpoint.Name)
            .Select(added => added.Create(resource.GetEndpoint(endpoint.Name)));
        foreach (var url in added.Prepend(own))
        {
            url.Url = url.Url.StartsWith('/') ? root + url.Url : url.Url;
            yield return url;
        }
    }
}
