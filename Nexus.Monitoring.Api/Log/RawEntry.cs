using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Log;

/// <summary>What stands at a position of the log: an entry, or one of the events that share one.</summary>
/// <param name="Position">Where.</param>
/// <param name="Json">What is supposed to be an event's JSON; null when the entry holds none.</param>
/// <param name="IsAnchor">It stands there for a moment only, see <see cref="ILogSource.AnchorAsync"/>.</param>
/// <param name="EndsEntry">Whether it is the last of its entry.</param>
internal readonly record struct RawEntry(LogPosition Position, ReadOnlyMemory<byte>? Json, bool IsAnchor = false, bool EndsEntry = true);
