using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Log;

/// <summary>An entry as it stands in the log.</summary>
/// <param name="Position">Its id.</param>
/// <param name="Json">What is supposed to be an event's JSON; null when the entry has no such field.</param>
/// <param name="IsAnchor">It stands there for a moment only, see <see cref="ILogSource.AnchorAsync"/>.</param>
internal readonly record struct RawEntry(LogPosition Position, ReadOnlyMemory<byte>? Json, bool IsAnchor = false);
