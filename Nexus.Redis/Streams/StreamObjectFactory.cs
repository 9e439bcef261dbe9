using Garnet.server;

namespace Nexus.Redis.Streams;

internal sealed class StreamObjectFactory : CustomObjectFactory
{
    public override CustomObjectBase Create(byte type) => new StreamObject(type);

    public override CustomObjectBase Deserialize(byte type, BinaryReader reader) => new StreamObject(type, reader);
}
