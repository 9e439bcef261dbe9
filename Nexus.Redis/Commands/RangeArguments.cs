using Nexus.Redis.Streams;

namespace Nexus.Redis.Commands;

/// <summary>The two ends of XRANGE and XREVRANGE, <c>(</c> in front excludes the id itself, and <c>[COUNT count]</c>.</summary>
internal ref struct RangeArguments
{
    public StreamId Start { get; private set; }

    public StreamId End { get; private set; }

    /// <summary>How many entries at most; null without COUNT.</summary>
    public long? Count { get; private set; }

    /// <summary>Set when <see cref="TryRead"/> fails.</summary>
    public ReadOnlySpan<byte> Error { get; private set; }

    /// <param name="reversed">XREVRANGE names the end first.</param>
    public bool TryRead(scoped in CommandArguments arguments, bool reversed)
    {
        ReadStart(arguments[reversed ? 1 : 0]);
        if (Error.IsEmpty)
        {
            ReadEnd(arguments[reversed ? 0 : 1]);
        }

        for (var index = 2; Error.IsEmpty && index < arguments.Count; index += 2)
        {
            ReadCount(arguments, index);
        }

        return Error.IsEmpty;
    }

    private void ReadStart(ReadOnlySpan<byte> text)
    {
        var exclusive = text is [(byte)'(', _, ..];
        if (!TryReadBound(text, exclusive, 0, out var start))
        {
            Error = StreamErrors.InvalidId;
        }
        else if (exclusive && start == StreamId.Max)
        {
            Error = StreamErrors.InvalidStart;
        }
        else
        {
            Start = exclusive ? start.Next() : start;
        }
    }

    private void ReadEnd(ReadOnlySpan<byte> text)
    {
        var exclusive = text is [(byte)'(', _, ..];
        if (!TryReadBound(text, exclusive, ulong.MaxValue, out var end))
        {
            Error = StreamErrors.InvalidId;
        }
        else if (exclusive && end == StreamId.Min)
        {
            Error = StreamErrors.InvalidEnd;
        }
        else
        {
            End = exclusive ? end.Previous() : end;
        }
    }

    private static bool TryReadBound(ReadOnlySpan<byte> text, bool exclusive, ulong missingSequence, out StreamId id) => exclusive
        ? StreamIdText.TryParse(text[1..], missingSequence, out id)
        : StreamIdText.TryParseBound(text, missingSequence, out id);

    private void ReadCount(scoped in CommandArguments arguments, int index)
    {
        if (index + 1 >= arguments.Count || !arguments.Is(index, "count"u8))
        {
            Error = StreamErrors.Syntax;
        }
        else if (!arguments.TryReadInteger(index + 1, out var count))
        {
            Error = StreamErrors.NotAnInteger;
        }
        else
        {
            Count = Math.Max(count, 0);
        }
    }
}
