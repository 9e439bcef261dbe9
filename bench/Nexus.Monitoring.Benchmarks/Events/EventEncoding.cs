using System.Buffers;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Monitoring.Benchmarks.Events;

/// <summary>Event to UTF-8 JSON, and JSON to JSON with a cursor, which costs no decoding.</summary>
public class EventEncoding : IDisposable
{
    private readonly byte[] _small = EventJson.ToUtf8(SampleEvents.Completed);
    private readonly ArrayBufferWriter<byte> _output = new(64 * 1024);
    private readonly Utf8JsonWriter _writer = new(Stream.Null);

    [Benchmark(Baseline = true)]
    public int WithCursor()
    {
        _output.ResetWrittenCount();
        EventJson.WriteWithCursor(_small, SampleEvents.Position(1), _output);
        return _output.WrittenCount;
    }

    [Benchmark]
    public long Small() => Write(SampleEvents.Completed);

    [Benchmark]
    public long WithMeta() => Write(SampleEvents.Rich);

    [GlobalCleanup]
    public void Dispose()
    {
        _writer.Dispose();
        GC.SuppressFinalize(this);
    }

    private long Write(MonitoringEvent monitoringEvent)
    {
        _output.ResetWrittenCount();
        _writer.Reset(_output);
        EventJson.Write(_writer, monitoringEvent);
        _writer.Flush();
        return _writer.BytesCommitted;
    }
}
