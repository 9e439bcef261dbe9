using System.IO.Compression;
using System.IO.Hashing;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.State.Checkpoints;

namespace Nexus.Monitoring.Api.TimeMachine.Checkpoints;

/// <summary>
/// One part of a checkpoint in a file: a version, two positions, the bytes and their hash. It appears whole or not at all, and what was written under
/// another version, or was damaged since, is not read.
/// </summary>
internal static class CheckpointFile
{
    private const int HashSize = 16;

    /// <summary>Version, positions, length.</summary>
    private const int HeadSize = 16 + (4 * 8) + 4;

    public static void Write(string path, CheckpointHead head, ReadOnlySpan<byte> content, bool isCompressed = false)
    {
        var temporary = path + ".tmp";
        using (var file = new FileStream(temporary, FileMode.Create, FileAccess.ReadWrite))
        {
            using (var writer = new BinaryWriter(file, System.Text.Encoding.UTF8, leaveOpen: true))
            {
                writer.Write(StateCheckpoint.Version.ToByteArray());
                writer.Write(head.Begins.Milliseconds);
                writer.Write(head.Begins.Sequence);
                writer.Write(head.Needs.Milliseconds);
                writer.Write(head.Needs.Sequence);
                writer.Write(isCompressed ? content.Length : -1);
            }

            using (var packed = isCompressed ? new ZLibStream(file, CompressionLevel.Fastest, leaveOpen: true) : null)
            {
                ((Stream?)packed ?? file).Write(content);
            }

            var hash = new XxHash128();
            file.Position = 0;
            hash.Append(file);
            file.Write(hash.GetCurrentHash());
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }

    /// <exception cref="InvalidDataException">It is none, or none of this version.</exception>
    public static (CheckpointHead Head, ReadOnlyMemory<byte> Content) Read(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var (head, length) = ReadHead(bytes, path);
        var body = bytes.AsSpan(0, bytes.Length - HashSize);
        if (!XxHash128.Hash(body).AsSpan().SequenceEqual(bytes.AsSpan(body.Length)))
        {
            throw new InvalidDataException($"{path} is damaged.");
        }

        var content = bytes.AsMemory(HeadSize, body.Length - HeadSize);
        if (length < 0)
        {
            return (head, content);
        }

        var unpacked = new byte[length];
        using var packed = new ZLibStream(new MemoryStream(bytes, HeadSize, content.Length), CompressionMode.Decompress);
        packed.ReadExactly(unpacked);
        return (head, unpacked);
    }

    /// <summary>Its positions without the rest; null when it is none of this version.</summary>
    public static CheckpointHead? ReadHead(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            var head = new byte[HeadSize + HashSize];
            file.ReadExactly(head);
            return ReadHead(head, path).Head;
        }
        catch (Exception error) when (error is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static (CheckpointHead Head, int Length) ReadHead(byte[] bytes, string path)
    {
        if (bytes.Length < HeadSize + HashSize || new Guid(bytes.AsSpan(0, 16)) != StateCheckpoint.Version)
        {
            throw new InvalidDataException($"{path} was written by another version.");
        }

        return (new CheckpointHead(Position(bytes, 16), Position(bytes, 32)), BitConverter.ToInt32(bytes, 48));
    }

    private static LogPosition Position(byte[] bytes, int start) => new(BitConverter.ToUInt64(bytes, start), BitConverter.ToUInt64(bytes, start + 8));
}
