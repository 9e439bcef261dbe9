namespace Nexus.Monitoring.Api.Http.Demo;

/// <summary>What the demo workflow appended.</summary>
/// <param name="TraceId">The one trace of all its events.</param>
/// <param name="ProjectId">Its project, to filter by.</param>
/// <param name="RunId">Its run that completes; a second one, which that run starts, fails.</param>
/// <param name="Events">Each event, in the log's order.</param>
internal sealed record DemoAnswer(string? TraceId, string ProjectId, string RunId, IReadOnlyList<DemoEvent> Events);
