using System.Buffers;
using BenchmarkDotNet.Attributes;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Filters;

namespace Nexus.Monitoring.Benchmarks.Streaming;

/// <summary>A batch frame of entries that are encoded already; per entry.</summary>
public class FrameEncoding
{
    private const int Entries = 128;

    private readonly ArrayBufferWriter<byte> _output = new(256 * 1024);
    private readonly LogEntry[] _entries;

    public FrameEncoding()
    {
        var json = EventJson.ToUtf8(SampleEvents.Completed);
        var keys = EventKeys.Of(SampleEvents.Completed);
        var encoder = new EntryEncoder();
        _entries = [.. Enumerable.Range(1, Entries).Select(n => encoder.Encode(json, SampleEvents.Position(n), keys))];
    }

    [Benchmark(OperationsPerInvoke = Entries)]
    public int Batch()
    {
        _output.ResetWrittenCount();
        FrameEncoder.WriteEvents(_output, SampleEvents.Position(0), SampleEvents.Position(Entries), _entries);
        return _output.WrittenCount;
    }
}
