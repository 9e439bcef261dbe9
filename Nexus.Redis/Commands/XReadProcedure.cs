using System.Buffers;
using System.Globalization;
using System.Text;
using Garnet.common;
using Garnet.server;
using Tsavorite.core;

namespace Nexus.Redis.Commands;

/// <summary><c>XREAD [COUNT count] STREAMS key [key …] id [id …]</c>, which answers at once.</summary>
internal sealed class XReadProcedure : CustomProcedure
{
    /// <summary>Garnet takes arguments by address.</summary>
    private static readonly byte[] NoLimit = Pinned("0"u8);

    public override bool Execute<TGarnetApi>(TGarnetApi garnetApi, ref CustomProcedureInput procInput, ref MemoryResult<byte> output)
    {
        var read = default(XReadArguments);
        if (!read.TryRead(procInput.parseState.Parameters))
        {
            WriteError(ref output, read.Error);
            return true;
        }

        var count = read.Count.Length > 0 ? read.Count : PinnedSpanByte.FromPinnedSpan(NoLimit);
        var (body, found) = (new ArrayBufferWriter<byte>(), 0);
        ParseCustomObjectCommand(XReadStreamCommand.Name, out var command);
        for (var index = 0; index < read.Streams; index++)
        {
            // '$' is "what comes after this call", and this call does not wait
            if (read.Id(index).ReadOnlySpan is [(byte)'$'])
            {
                continue;
            }

            ExecuteCustomObjectCommand(garnetApi, command, read.Key(index), [read.Id(index), count], out var entries);
            if (ProcedureReply.IsError(entries.ReadOnlySpan))
            {
                ProcedureReply.SetError(ref output, entries.ReadOnlySpan);
                return true;
            }

            if (entries.Length > 0 && !entries.ReadOnlySpan.SequenceEqual("*0\r\n"u8))
            {
                found++;
                Append(body, read.Key(index).ReadOnlySpan, entries.ReadOnlySpan, procInput.RespVersion);
            }
        }

        SetReply(ref output, body.WrittenSpan, found, procInput.RespVersion);
        return true;
    }

    private static void Append(ArrayBufferWriter<byte> body, ReadOnlySpan<byte> key, ReadOnlySpan<byte> entries, byte version)
    {
        body.Write(Header(version >= 3 ? "" : "*2\r\n", '$', key.Length));
        body.Write(key);
        body.Write("\r\n"u8);
        body.Write(entries);
    }

    private static void SetReply(ref MemoryResult<byte> output, ReadOnlySpan<byte> body, int found, byte version)
    {
        if (found == 0)
        {
            ProcedureReply.Set(ref output, version >= 3 ? "_\r\n"u8 : "*-1\r\n"u8);
            return;
        }

        ProcedureReply.Set(ref output, [.. Header("", version >= 3 ? '%' : '*', found), .. body]);
    }

    private static byte[] Header(string before, char kind, int number) =>
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{before}{kind}{number}\r\n"));

    private static byte[] Pinned(ReadOnlySpan<byte> text)
    {
        var pinned = GC.AllocateArray<byte>(text.Length, pinned: true);
        text.CopyTo(pinned);
        return pinned;
    }
}
