using System.Buffers.Text;

namespace Nexus.Redis.Commands;

/// <summary>The fields and values of a new entry as the array of bulk strings that reading it answers.</summary>
internal readonly ref struct FieldsReply
{
    private readonly CommandArguments _arguments;
    private readonly int _first;

    public FieldsReply(CommandArguments arguments, int first)
    {
        _arguments = arguments;
        _first = first;
        Length = HeaderLength(arguments.Count - first);
        for (var index = first; index < arguments.Count; index++)
        {
            var length = arguments[index].Length;
            Length += HeaderLength(length) + length + 2;
        }
    }

    public int Length { get; }

    public void Write(Span<byte> destination)
    {
        WriteHeader(ref destination, '*', _arguments.Count - _first);
        for (var index = _first; index < _arguments.Count; index++)
        {
            var value = _arguments[index];
            WriteHeader(ref destination, '$', value.Length);
            value.CopyTo(destination);
            "\r\n"u8.CopyTo(destination[value.Length..]);
            destination = destination[(value.Length + 2)..];
        }
    }

    private static void WriteHeader(ref Span<byte> destination, char kind, int number)
    {
        destination[0] = (byte)kind;
        Utf8Formatter.TryFormat(number, destination[1..], out var digits);
        "\r\n"u8.CopyTo(destination[(digits + 1)..]);
        destination = destination[(digits + 3)..];
    }

    /// <summary>The kind, the digits of the number and the end of the line.</summary>
    private static int HeaderLength(int number)
    {
        var length = 4;
        for (; number >= 10; number /= 10)
        {
            length++;
        }

        return length;
    }
}
