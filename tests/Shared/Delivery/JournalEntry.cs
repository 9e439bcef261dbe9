using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Testing.Delivery;

/// <summary>What one reader was sent, in the words of the protocol.</summary>
internal abstract record JournalEntry
{
    /// <summary>A connection began, at the cursor that the reader gave.</summary>
    public sealed record Connected(LogPosition? Cursor) : JournalEntry;

    /// <summary>The place where a stream without a cursor begins.</summary>
    public sealed record Began(LogPosition At) : JournalEntry;

    /// <summary>All events that match, after one position up to another.</summary>
    public sealed record Interval(LogPosition After, LogPosition Upto, IReadOnlyList<Delivered> Events) : JournalEntry;

    /// <summary>One event.</summary>
    public sealed record Delivered(string EventId, LogPosition At) : JournalEntry;

    /// <summary>Events that will not come.</summary>
    public sealed record Gap(LogPosition After, LogPosition Upto, string Reason) : JournalEntry;

    /// <summary>A ping or pong: everything up to here has been sent.</summary>
    public sealed record SentUpto(LogPosition At) : JournalEntry;

    /// <summary>The cursor was honoured.</summary>
    public sealed record Resumed(LogPosition After) : JournalEntry;
}
