using System.Buffers.Binary;

namespace Nexus.Redis.Tests.Embedded;

/// <summary>Does to an append-only file of Garnet's, of one page, what a kill does now and then.</summary>
internal sealed class KilledFile : IDisposable
{
    private const int FirstRecord = 64;

    private const int Page = 8 << 20;

    private const int Sector = 512;

    private readonly FileStream _file;

    /// <summary>The last one that is no commit record.</summary>
    private readonly byte[] _command = [];

    private readonly byte[] _commit = [];

    private readonly int _end = FirstRecord;

    public KilledFile(string folder)
    {
        _file = new FileStream(Directory.GetFiles(folder, "aof.log.0", SearchOption.AllDirectories).Single(), FileMode.Open);
        var content = new byte[_file.Length];
        _file.ReadExactly(content);
        while (_end + 4 <= content.Length && BinaryPrimitives.ReadInt32LittleEndian(content.AsSpan(_end)) is var length and not 0)
        {
            var next = _end + 4 + ((Math.Abs(length) + 3) & ~3);
            (_command, _commit) = length < 0 ? (_command, content[_end..next]) : (content[_end..next], _commit);
            _end = next;
        }

        _file.SetLength(_end);
    }

    public void Dispose() => _file.Dispose();

    /// <summary>A commit record begins at the end of a sector, and the next sector is not written.</summary>
    /// <param name="written">How many bytes of the record lie before the border, behind its length.</param>
    public void AppendTornCommit(int written)
    {
        var border = ((_end / Sector) + 2) * Sector;
        var start = border - written - 4;
        _file.SetLength(border + Sector);

        // Another record, so that the commit record begins where it has to
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, start - _end - 4);
        _file.Position = _end;
        _file.Write(length);
        _file.Position = start;
        _file.Write(_commit.AsSpan(0, written + 4));
    }

    /// <summary>The next page is written, with a command and its commit record, but not the end of this one, where a commit record was.</summary>
    public void AppendPageBehindAGap() => AppendCommand(Page, skipped: 1);

    /// <summary>The last command comes once more.</summary>
    public void AppendCommandAgain() => AppendCommand(_end, skipped: 0);

    private void AppendCommand(long start, int skipped)
    {
        var commit = _commit.AsSpan(4).ToArray();
        var begin = BinaryPrimitives.ReadInt64LittleEndian(commit.AsSpan(12));
        var number = BinaryPrimitives.ReadInt64LittleEndian(commit.AsSpan(28)) + skipped + 1;
        var end = start + _command.Length + _commit.Length;
        BinaryPrimitives.WriteInt64LittleEndian(commit.AsSpan(4), begin ^ end ^ number ^ -1);
        BinaryPrimitives.WriteInt64LittleEndian(commit.AsSpan(20), end);
        BinaryPrimitives.WriteInt64LittleEndian(commit.AsSpan(28), number);
        _file.SetLength(((end / Sector) + 1) * Sector);
        _file.Position = start;
        _file.Write([.. _command, .. _commit.AsSpan(0, 4), .. commit]);
    }
}
