namespace Nexus.Fanout.Publishing;

/// <summary>Cuts bytes into lines that end in CR LF. Keeps the beginning of at most one line, and of that at most 1 KB.</summary>
internal sealed class LineBuffer
{
    private readonly byte[] _line = new byte[1024];
    private int _length;

    /// <summary>The next line without its end; false when <paramref name="bytes"/> hold none, which are then kept.</summary>
    public bool TryTake(ref ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> line)
    {
        var end = bytes.IndexOf((byte)'\n');
        var part = end < 0 ? bytes : bytes[..end];
        bytes = end < 0 ? default : bytes[(end + 1)..];
        if (end >= 0 && _length == 0)
        {
            line = part.TrimEnd((byte)'\r');
            return true;
        }

        part = part[..Math.Min(part.Length, _line.Length - _length)];
        part.CopyTo(_line.AsSpan(_length));
        _length += part.Length;
        line = _line.AsSpan(0, _length).TrimEnd((byte)'\r');
        if (end >= 0)
        {
            _length = 0;
        }

        return end >= 0;
    }
}
