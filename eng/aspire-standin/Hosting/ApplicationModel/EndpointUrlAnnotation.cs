namespace Aspire.Hosting.ApplicationModel;

/// <summary>One address more of an endpoint.</summary>
internal sealed record EndpointUrlAnnotation(string EndpointName, Func<EndpointReference, ResourceUrlAnnotation> Create) : IResourceAnnotation;
