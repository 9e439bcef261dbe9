namespace Nexus.Redis.Streams;

/// <summary>What XADD and XTRIM are told to remove from the front.</summary>
internal readonly record struct StreamTrim(StreamTrimStrategy Strategy)
{
    /// <summary>For <see cref="StreamTrimStrategy.MaxLength"/>: how many entries stay.</summary>
    public long MaxLength { get; init; }

    /// <summary>For <see cref="StreamTrimStrategy.MinId"/>: the lowest id that stays.</summary>
    public StreamId MinId { get; init; }

    /// <summary>Written <c>~</c>: only whole blocks go, which costs nothing, and fewer than one block too many entries stay.</summary>
    public bool Approximate { get; init; }

    /// <summary>How many entries go at most; 0 is no limit.</summary>
    public long Limit { get; init; }
}
