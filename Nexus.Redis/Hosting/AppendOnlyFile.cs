using System.Buffers.Binary;
using System.Globalization;

namespace Nexus.Redis.Hosting;

/// <summary>
/// Garnet's append-only file after a kill. It ends at the last commit record that Garnet finds whole. Garnet errs in two cases, which are
/// made unmistakable here before it reads the file:
/// <list type="bullet">
/// <item>The file is written in sectors, so a record may reach into one that was never written. If only the version of a commit record lies
/// before that border, all the rest is zero, and zero is the right checksum of zeros: Garnet takes it for a commit of nothing at all and
/// starts empty, over the whole file. A record of which not even the version was written it refuses.</item>
/// <item>A page may have been written while the end of the one before it was not. Garnet goes on there, and takes half a transaction for a
/// whole one. Commit records are numbered, which shows the gap.</item>
/// </list>
/// </summary>
internal static class AppendOnlyFile
{
    /// <summary>Where the records of the first page begin. On the others they begin with the page.</summary>
    private const int FirstRecord = 64;

    private const int LengthSize = sizeof(int);

    private const int VersionSize = sizeof(int);

    /// <summary>Where a commit record has its number: behind version, checksum, begin and end.</summary>
    private const int NumberOffset = VersionSize + (3 * sizeof(long));

    /// <summary>With the length of a cookie, which is never there.</summary>
    private const int CommitSize = NumberOffset + sizeof(long) + sizeof(int);

    public static void Mend(string folder)
    {
        var files = new DirectoryInfo(Path.Combine(folder, "AOF"));
        if (!files.Exists)
        {
            return;
        }

        var page = new byte[GarnetSettings.AppendOnlyPage];
        long? before = null;
        foreach (var file in files.EnumerateFiles("aof.log.*").OrderBy(Number))
        {
            using var segment = file.Open(FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            for (var start = 0L; start < segment.Length; start += page.Length)
            {
                segment.Position = start;
                var length = segment.ReadAtLeast(page, page.Length, throwOnEndOfStream: false);
                page.AsSpan(length).Clear();
                var (first, last, torn) = Read(page, start == 0 && Number(file) == 0 ? FirstRecord : 0);
                if (first is not null && before is not null && first != before + 1)
                {
                    Clear(segment, start);
                    return;
                }

                if (torn is { } version)
                {
                    Clear(segment, start + version);
                    return;
                }

                before = last ?? before;
            }
        }
    }

    private static int Number(FileInfo segment) => int.Parse(segment.Extension.AsSpan(1), CultureInfo.InvariantCulture);

    private static void Clear(FileStream segment, long position)
    {
        segment.Position = position;
        segment.Write(new byte[sizeof(int)]);
    }

    /// <returns>The numbers of the first and the last commit record, and where one has its version that has nothing else.</returns>
    private static (long? First, long? Last, int? Torn) Read(ReadOnlySpan<byte> page, int offset)
    {
        long? first = null, last = null;
        while (offset + LengthSize <= page.Length)
        {
            // Negative for commit records
            var length = BinaryPrimitives.ReadInt32LittleEndian(page[offset..]);
            var end = offset + LengthSize + ((Math.Abs((long)length) + 3) & ~3L);
            if (length == 0 || end > page.Length)
            {
                break;
            }

            var record = page[(offset + LengthSize)..(int)end];
            if (length < 0 && record.Length >= CommitSize)
            {
                if (record[..VersionSize].ContainsAnyExcept((byte)0) && !record[VersionSize..].ContainsAnyExcept((byte)0))
                {
                    return (first, last, offset + LengthSize);
                }

                last = BinaryPrimitives.ReadInt64LittleEndian(record[NumberOffset..]);
                first ??= last;
            }

            offset = (int)end;
        }

        return (first, last, null);
    }
}
