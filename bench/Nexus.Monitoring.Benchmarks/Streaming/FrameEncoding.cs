using BenchmarkDotNet.Attributes;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Filters;

namespace Nexus.Monitoring.Benchmarks.Streaming;

/// <summary>A batch frame of entries that are encoded already; per entry.</summary>
public class FrameEncoding
{
    private const int Entries = 128;

    private readonly EventsEncoding _encoding = new();
    private readonly List<LogEntry> _entries;
    private readonly byte[] _buffer;

    public FrameEncoding()
    {
        var json = EventJson.ToUtf8(SampleEvents.Completed);
        var keys = EventKeys.Of(SampleEvents.Completed);
        var encoder = new EntryEncoder();
        _entries = [.. Enumerable.Range(1, Entries).Select(n => encoder.Encode(json, SampleEvents.Position(n), keys))];
        _buffer = new byte[_encoding.LengthFor(_entries)];
    }

    [Benchmark(OperationsPerInvoke = Entries)]
    public int Batch() => _encoding.Write(_buffer, SampleEvents.Position(0), SampleEvents.Position(Entries), _entries).Length;
}
