using Nexus.Redis.Streams;

namespace Nexus.Redis.Commands;

/// <summary>
/// Reads what XADD and XTRIM share: <c>[MAXLEN | MINID [= | ~] threshold [LIMIT count]]</c>, in any order and, as in Redis, the last
/// one of a kind counts.
/// </summary>
internal ref struct TrimArguments
{
    /// <summary>Entries that go at most with <c>~</c> when no LIMIT is given, which keeps one call short.</summary>
    private const long DefaultLimit = 100 * StreamBlock.MaxEntries;

    private StreamTrim _trim;
    private bool _limited;

    /// <summary>Set when reading failed.</summary>
    public ReadOnlySpan<byte> Error { get; private set; }

    /// <summary>Whether an option was there; it was then read and <paramref name="index"/> moved behind it, or <see cref="Error"/> is set.</summary>
    public bool TryRead(scoped in CommandArguments arguments, ref int index)
    {
        var more = arguments.Count - 1 - index;
        if (more > 0 && arguments.Is(index, "maxlen"u8))
        {
            ReadStrategy(arguments, StreamTrimStrategy.MaxLength, ref index);
            return true;
        }

        if (more > 0 && arguments.Is(index, "minid"u8))
        {
            ReadStrategy(arguments, StreamTrimStrategy.MinId, ref index);
            return true;
        }

        if (more > 0 && arguments.Is(index, "limit"u8))
        {
            ReadLimit(arguments, ref index);
            return true;
        }

        return false;
    }

    /// <summary>After the last option: whether they fit together.</summary>
    public bool TryFinish(out StreamTrim trim)
    {
        if (_limited && _trim.Strategy == StreamTrimStrategy.None)
        {
            Error = StreamErrors.LimitWithoutStrategy;
        }
        else if (_limited && !_trim.Approximate)
        {
            Error = StreamErrors.LimitWithoutApproximate;
        }

        trim = _trim.Approximate && !_limited ? _trim with { Limit = DefaultLimit } : _trim;
        return Error.IsEmpty;
    }

    private void ReadStrategy(scoped in CommandArguments arguments, StreamTrimStrategy strategy, ref int index)
    {
        if (_trim.Strategy != StreamTrimStrategy.None)
        {
            Error = StreamErrors.TwoStrategies;
            return;
        }

        var more = arguments.Count - 1 - index;
        var approximate = more >= 2 && arguments.Is(index + 1, "~"u8);
        if (approximate || (more >= 2 && arguments.Is(index + 1, "="u8)))
        {
            index++;
        }

        _trim = strategy == StreamTrimStrategy.MaxLength
            ? ReadMaxLength(arguments, index + 1)
            : ReadMinId(arguments, index + 1);
        _trim = _trim with { Approximate = approximate };
        index += 2;
    }

    private StreamTrim ReadMaxLength(scoped in CommandArguments arguments, int index)
    {
        if (!arguments.TryReadInteger(index, out var maxLength))
        {
            Error = StreamErrors.NotAnInteger;
        }
        else if (maxLength < 0)
        {
            Error = StreamErrors.NegativeMaxLength;
        }

        return new StreamTrim(StreamTrimStrategy.MaxLength) { MaxLength = maxLength, Limit = _trim.Limit };
    }

    private StreamTrim ReadMinId(scoped in CommandArguments arguments, int index)
    {
        if (!StreamIdText.TryParse(arguments[index], 0, out var minId))
        {
            Error = StreamErrors.InvalidId;
        }

        return new StreamTrim(StreamTrimStrategy.MinId) { MinId = minId, Limit = _trim.Limit };
    }

    private void ReadLimit(scoped in CommandArguments arguments, ref int index)
    {
        if (!arguments.TryReadInteger(index + 1, out var limit))
        {
            Error = StreamErrors.NotAnInteger;
        }
        else if (limit < 0)
        {
            Error = StreamErrors.NegativeLimit;
        }

        _limited = true;
        _trim = _trim with { Limit = limit };
        index += 2;
    }
}
