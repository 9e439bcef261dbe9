using Garnet.common;
using Garnet.server;
using Nexus.Redis.Streams;
using Tsavorite.core;

namespace Nexus.Redis.Commands;

/// <summary><c>XADD key [NOMKSTREAM] [MAXLEN | MINID [= | ~] threshold [LIMIT count]] (* | id) field value [field value …]</c></summary>
/// <param name="clock">For the id <c>*</c>.</param>
/// <param name="maxStreamMemory">
/// Bytes that one stream may take. Beyond, whoever names a length to keep loses the oldest entries, and whoever does not is refused.
/// </param>
internal sealed class XAddCommand(TimeProvider clock, long maxStreamMemory) : StreamCommand
{
    public override bool NeedInitialUpdate(scoped ReadOnlySpan<byte> key, ref ObjectInput input, ref RespMemoryWriter writer)
    {
        var add = default(XAddArguments);
        if (!add.TryRead(new CommandArguments(in input)))
        {
            writer.WriteError(add.Error);
            return false;
        }

        if (add.NoMakeStream)
        {
            writer.WriteNull();
            return false;
        }

        return true;
    }

    public override bool Updater(
        ReadOnlySpan<byte> key, ref ObjectInput input, IGarnetObject value, ref RespMemoryWriter writer, ref RMWInfo rmwInfo)
    {
        var stream = (StreamObject)value;
        var arguments = new CommandArguments(in input);
        var add = default(XAddArguments);
        var error = add.TryRead(arguments) ? Refusal(ref input, add, stream.Log) : add.Error;
        var id = default(StreamId);
        if (error.IsEmpty)
        {
            var now = add.Id.Kind == XAddIdKind.Now ? RecordedInput.Milliseconds(ref input, clock) : 0;
            error = add.Id.TryResolve(stream.Log.LastId, now, out id) ? default : StreamErrors.IdNotHigher;
        }

        if (!error.IsEmpty)
        {
            writer.WriteError(error);
            return true;
        }

        var fields = new FieldsReply(arguments, add.FirstField);
        fields.Write(stream.Log.Append(id, fields.Length));
        stream.Log.Trim(add.Trim);
        if (add.Trim.Strategy != StreamTrimStrategy.None)
        {
            stream.Log.TrimToMemory(maxStreamMemory);
        }

        Append(ref input, ref rmwInfo);
        writer.WriteId(id);
        return true;
    }

    private ReadOnlySpan<byte> Refusal(ref ObjectInput input, in XAddArguments add, StreamLog log)
    {
        if (log.LastId == StreamId.Max)
        {
            return StreamErrors.Exhausted;
        }

        var replayed = RecordedInput.IsReplayed(ref input);
        if (replayed ? RecordedInput.IsRefused(ref input) : log.Memory > maxStreamMemory && add.Trim.Strategy == StreamTrimStrategy.None)
        {
            RecordedInput.Refuse(ref input);
            return StreamErrors.OutOfMemory;
        }

        return default;
    }
}
