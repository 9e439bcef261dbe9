namespace Nexus.AppHost.Tests.Processes;

/// <summary>The start time tells a process from a later one that was given the same id.</summary>
internal sealed record ProcessIdentity(int Id, long StartTime, string Command);
