using Garnet.common;
using Garnet.server;

namespace Nexus.Redis.Commands;

/// <summary><c>XINFO STREAM key</c></summary>
internal sealed class XInfoProcedure : CustomProcedure
{
    public override bool Execute<TGarnetApi>(TGarnetApi garnetApi, ref CustomProcedureInput procInput, ref MemoryResult<byte> output)
    {
        var arguments = procInput.parseState.Parameters;
        if (!System.Text.Ascii.EqualsIgnoreCase(arguments[0].ReadOnlySpan, "stream"u8))
        {
            WriteError(ref output, $"ERR unknown subcommand '{arguments[0]}'. Try XINFO HELP.");
            return true;
        }

        if (arguments.Length == 1)
        {
            WriteError(ref output, "ERR wrong number of arguments for 'xinfo|stream' command");
            return true;
        }

        if (arguments.Length > 2)
        {
            WriteError(ref output, "ERR XINFO STREAM key FULL is not known here, only XINFO STREAM key.");
            return true;
        }

        ParseCustomObjectCommand(XInfoStreamCommand.Name, out var command);
        ExecuteCustomObjectCommand(garnetApi, command, arguments[1], [], out var reply);
        if (reply.Length == 0)
        {
            WriteError(ref output, "ERR no such key");
            return true;
        }

        if (ProcedureReply.IsError(reply.ReadOnlySpan))
        {
            ProcedureReply.SetError(ref output, reply.ReadOnlySpan);
            return true;
        }

        ProcedureReply.Set(ref output, reply.ReadOnlySpan);
        return true;
    }
}
