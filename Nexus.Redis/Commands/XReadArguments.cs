using System.Text;
using Nexus.Redis.Streams;
using Tsavorite.core;

namespace Nexus.Redis.Commands;

/// <summary><c>[COUNT count] STREAMS key [key …] id [id …]</c></summary>
internal ref struct XReadArguments
{
    private ReadOnlySpan<PinnedSpanByte> _streams;

    public PinnedSpanByte Count { get; private set; }

    public readonly int Streams => _streams.Length / 2;

    /// <summary>Set when <see cref="TryRead"/> fails.</summary>
    public string? Error { get; private set; }

    public readonly PinnedSpanByte Key(int index) => _streams[index];

    public readonly PinnedSpanByte Id(int index) => _streams[Streams + index];

    public bool TryRead(ReadOnlySpan<PinnedSpanByte> arguments)
    {
        if (arguments.Length < 3)
        {
            Error = "ERR wrong number of arguments for 'xread' command";
        }

        var index = 0;
        while (Error is null && _streams.IsEmpty && index < arguments.Length)
        {
            ReadOption(arguments, ref index);
        }

        if (Error is null && _streams.IsEmpty)
        {
            Error = "ERR syntax error";
        }

        for (var stream = 0; Error is null && stream < Streams; stream++)
        {
            if (Id(stream).ReadOnlySpan is not [(byte)'$'] && !StreamIdText.TryParse(Id(stream).ReadOnlySpan, 0, out _))
            {
                Error = Encoding.ASCII.GetString(StreamErrors.InvalidId);
            }
        }

        return Error is null;
    }

    private void ReadOption(ReadOnlySpan<PinnedSpanByte> arguments, ref int index)
    {
        var option = arguments[index].ReadOnlySpan;
        if (Ascii.EqualsIgnoreCase(option, "streams"u8) && index + 1 < arguments.Length)
        {
            _streams = arguments[(index + 1)..];
            if (_streams.Length % 2 != 0)
            {
                Error = "ERR Unbalanced XREAD list of streams: for each stream key an ID or '$' must be specified.";
            }
        }
        else if (Ascii.EqualsIgnoreCase(option, "count"u8) && index + 1 < arguments.Length)
        {
            Count = arguments[index + 1];
            if (!StreamIdText.TryParseNumber(Count.ReadOnlySpan, out _))
            {
                Error = Encoding.ASCII.GetString(StreamErrors.NotAnInteger);
            }
        }
        else if (Ascii.EqualsIgnoreCase(option, "block"u8))
        {
            Error = "ERR XREAD BLOCK is not known here; read again after a message on a channel, or from time to time.";
        }
        else
        {
            Error = "ERR syntax error";
        }

        index += 2;
    }
}
