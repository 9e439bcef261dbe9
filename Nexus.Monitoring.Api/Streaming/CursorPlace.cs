using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Streaming;

/// <summary>Where a cursor that came from outside stands in the log.</summary>
/// <param name="IsKnown">Whether the log has handed it out, and so has everything after it.</param>
/// <param name="End">
/// Where it is not known, up to where the log may have held what it lost: everything that it has or will get after the cursor lies after this.
/// Before the cursor when positions up to it are still to come.
/// </param>
/// <param name="IsTrimmed">Whether it may have been handed out, and all up to <paramref name="End"/> was dropped since.</param>
internal readonly record struct CursorPlace(bool IsKnown, LogPosition End, bool IsTrimmed = false);
