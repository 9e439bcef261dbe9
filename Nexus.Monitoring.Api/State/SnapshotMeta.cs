namespace Nexus.Monitoring.Api.State;

/// <summary><c>meta</c> of the first message of a stream.</summary>
internal sealed record SnapshotMeta(bool Snapshot, int WorkersOnline, int WorkersBusy);
