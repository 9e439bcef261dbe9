using System.Text;
using Garnet.server;
using Nexus.Redis.Streams;
using Tsavorite.core;

namespace Nexus.Redis.Commands;

/// <summary>The arguments that follow the key.</summary>
internal readonly ref struct CommandArguments(scoped ref readonly ObjectInput input)
{
    private readonly ReadOnlySpan<PinnedSpanByte> _arguments = input.parseState.Parameters;

    public int Count => _arguments.Length;

    public ReadOnlySpan<byte> this[int index] => _arguments[index].ReadOnlySpan;

    /// <param name="word">In lower case.</param>
    public bool Is(int index, ReadOnlySpan<byte> word) =>
        Ascii.EqualsIgnoreCase(_arguments[index].ReadOnlySpan, word);

    public bool TryReadInteger(int index, out long value)
    {
        var text = this[index];
        var negative = text is [(byte)'-', ..];
        value = 0;
        if (!StreamIdText.TryParseNumber(negative ? text[1..] : text, out var magnitude) ||
            magnitude > (ulong)long.MaxValue + (negative ? 1ul : 0))
        {
            return false;
        }

        value = negative ? (long)(0 - magnitude) : (long)magnitude;
        return true;
    }
}
