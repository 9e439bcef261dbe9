using Tsavorite.core;

namespace Nexus.Redis.Hosting;

/// <summary>Garnet's own, but whatever it reads is a value, see <see cref="StreamServer.ReadSupersededValues"/>.</summary>
internal sealed class SupersededValueSerializer(IObjectSerializer<IHeapObject> garnet) : IObjectSerializer<IHeapObject>
{
    public void BeginSerialize(Stream stream) => garnet.BeginSerialize(stream);

    public void Serialize(IHeapObject value) => garnet.Serialize(value);

    public void EndSerialize() => garnet.EndSerialize();

    public void BeginDeserialize(Stream stream) => garnet.BeginDeserialize(stream);

    public void Deserialize(out IHeapObject value)
    {
        garnet.Deserialize(out value);
        value ??= new SupersededValue();
    }

    public void EndDeserialize() => garnet.EndDeserialize();
}
