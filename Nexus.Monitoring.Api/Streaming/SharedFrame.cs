using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Streaming;

/// <summary>A frame of events that was encoded for one reader and serves every other of its cohort that comes to the same position.</summary>
/// <param name="Place">Where a reader that has it stands.</param>
/// <param name="Upto">Where the frame's interval ends.</param>
/// <param name="Events">How many events it holds.</param>
/// <param name="Bytes">As they go over the wire.</param>
internal sealed record SharedFrame(ReaderPlace Place, LogPosition Upto, int Events, byte[] Bytes);
