namespace Nexus.Monitoring.Api.Http.Root;

/// <summary>Where things are.</summary>
internal sealed record ServiceIndex(string Service, string Version, IReadOnlyDictionary<string, string> Links);
