using Garnet.server;
using Tsavorite.core;

namespace Nexus.Redis.Hosting;

/// <summary>Stands where a checkpoint says only that a newer value follows. Written again it says the same.</summary>
internal sealed class SupersededValue() : GarnetObjectBase(heapMemorySize: 0)
{
    public override byte Type => (byte)GarnetObjectType.Null;

    public override IHeapObject Clone() => new SupersededValue();

    public override bool Operate(ref ObjectInput input, ref ObjectOutput output, byte respProtocolVersion) => true;

    public override void Dispose()
    {
    }

    public override unsafe void Scan(
        long start, out List<byte[]> items, out long cursor, int count = 10, byte* pattern = default, int patternLength = 0, bool isNoValue = false)
    {
        items = [];
        cursor = 0;
    }
}
