namespace Nexus.Monitoring.Api.TimeMachine;

/// <summary>How much is read at a time.</summary>
/// <param name="Events">At most so many events.</param>
/// <param name="Bytes">A page that has reached this many bytes gets no further event.</param>
internal readonly record struct PageBounds(int Events, long Bytes);
