using Nexus.Fanout.Clients;
using Nexus.Fanout.Events;
using Nexus.Fanout.Measuring;

namespace Nexus.Fanout.Tests.Clients;

/// <summary>One client whose reads are given by the test.</summary>
internal sealed unsafe class ScannedClient : IDisposable
{
    public const int EventSize = 320;
    public const long ReadAt = 5_000_000;

    private const int Client = 1;

    private readonly MarkScanner _scanner;
    private readonly FrameReader? _frames;
    private readonly EventTemplate _template;

    public ScannedClient(bool isFramed)
    {
        var key = Mark.NewKey();
        _template = new EventTemplate(EventSize, 1, key, DateTimeOffset.UnixEpoch);
        _scanner = new MarkScanner(Client + 1, key, EventSize, sampleMask: 0, Tracker, Latencies);
        _frames = isFramed ? new FrameReader(Client + 1, _scanner) : null;
    }

    public SequenceTracker Tracker { get; } = new(Client + 1, 1, _ => 0);

    public LatencyHistogram Latencies { get; } = new();

    public int CloseStatus => _frames!.LastCloseStatus;

    public long Lost(int published) => Tracker.Lost(Client, published);

    public byte[] Event(int number)
    {
        var bytes = new byte[EventSize];
        _template.Write(bytes, number, ReadAt - 1000);
        return bytes;
    }

    /// <summary>Hands the bytes over in reads that end at the given places and at the end.</summary>
    public byte[]? Reads(byte[] bytes, params int[] cuts)
    {
        byte[]? answer = null;
        var from = 0;
        foreach (var to in cuts.Append(bytes.Length))
        {
            answer = Reads(bytes.AsSpan(from, to - from)) ?? answer;
            from = to;
        }

        return answer;
    }

    public void Dispose() => _scanner.Dispose();

    private byte[]? Reads(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(new Span<byte>(_scanner.Buffer, MarkScanner.ReadSize));
        if (_frames is not null)
        {
            return _frames.Read(Client, bytes.Length, ReadAt);
        }

        _scanner.Scan(Client, _scanner.Buffer, _scanner.Buffer + bytes.Length, ReadAt);
        return null;
    }
}
