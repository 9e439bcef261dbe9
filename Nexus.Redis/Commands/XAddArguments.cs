using Nexus.Redis.Streams;

namespace Nexus.Redis.Commands;

/// <summary><c>[NOMKSTREAM] [trim] (* | ms-* | ms[-seq]) field value [field value …]</c></summary>
internal ref struct XAddArguments
{
    private static ReadOnlySpan<byte> WrongNumber => "ERR wrong number of arguments for 'xadd' command"u8;

    public bool NoMakeStream { get; private set; }

    public StreamTrim Trim { get; private set; }

    public XAddId Id { get; private set; }

    /// <summary>Where the first field stands.</summary>
    public int FirstField { get; private set; }

    /// <summary>Set when <see cref="TryRead"/> fails.</summary>
    public ReadOnlySpan<byte> Error { get; private set; }

    public bool TryRead(scoped in CommandArguments arguments)
    {
        if (arguments.Count < 3)
        {
            Error = WrongNumber;
            return false;
        }

        var trim = default(TrimArguments);
        var index = 0;
        while (Error.IsEmpty && index < arguments.Count && !TryReadId(arguments, ref index))
        {
            if (trim.TryRead(arguments, ref index))
            {
                Error = trim.Error;
            }
            else if (arguments.Is(index, "nomkstream"u8))
            {
                NoMakeStream = true;
                index++;
            }
            else
            {
                Error = StreamErrors.InvalidId;
            }
        }

        if (Error.IsEmpty)
        {
            trim.TryFinish(out var finished);
            Trim = finished;
            Error = trim.Error;
            FirstField = index;
        }

        if (Error.IsEmpty)
        {
            CheckFields(arguments);
        }

        return Error.IsEmpty;
    }

    private void CheckFields(scoped in CommandArguments arguments)
    {
        var fields = arguments.Count - FirstField;
        if (fields < 2 || fields % 2 != 0)
        {
            Error = WrongNumber;
        }
        else if (Id is { Kind: XAddIdKind.Explicit, Milliseconds: 0, Sequence: 0 })
        {
            Error = StreamErrors.ZeroId;
        }
    }

    private bool TryReadId(scoped in CommandArguments arguments, ref int index)
    {
        if (!XAddId.TryParse(arguments[index], out var id))
        {
            return false;
        }

        Id = id;
        index++;
        return true;
    }
}
