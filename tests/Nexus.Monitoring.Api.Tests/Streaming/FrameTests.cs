using System.Text;
using System.Text.Json;
using CsCheck;
using Nexus.Monitoring.Api.SignalR;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Api.Tests.Fixtures;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Filters;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Tests.Streaming;

public sealed class FrameTests
{
    private static readonly LogPosition Position = new(1_700_000_000_000, 7);

    [Theory]
    [InlineData(0, 2, "8100")]
    [InlineData(125, 2, "817D")]
    [InlineData(126, 4, "817E007E")]
    [InlineData(65_535, 4, "817EFFFF")]
    [InlineData(65_536, 10, "817F0000000000010000")]
    public void WriteHeader_AtTheBoundaries_IsWhatTheRfcSays(int payload, int length, string expected)
    {
        var header = new byte[TextFrame.MaxHeader];

        TextFrame.WriteHeader(header, payload);

        Assert.Equal(length, TextFrame.HeaderLength(payload));
        Assert.Equal(expected, Convert.ToHexString(header, 0, length));
        Assert.Equal(length + payload, TextFrame.Of(new byte[payload]).Length);
    }

    /// <summary>Events of any size, also those whose header is shorter or longer than usual: each frame holds its event, and neighbours touch.</summary>
    [Fact]
    public void Encode_AnySizes_FramesHoldTheirEventsSideBySide() => Gen.OneOf(Gen.Int[0, 200], Gen.Int[0, 3000], Gen.Int[65_400, 65_600])
        .Array[1, 60].Sample(sizes =>
        {
            var encoder = new EntryEncoder();
            var chunks = 0;
            ReadOnlyMemory<byte> before = default;
            foreach (var size in sizes)
            {
                var json = Encoding.UTF8.GetBytes($"{{\"a\":\"{new string('x', size)}\"}}");
                var entry = encoder.Encode(json, Position, default);

                Assert.Equal($"{{\"a\":\"{new string('x', size)}\",\"cursor\":\"{Position}\"}}", Encoding.UTF8.GetString(entry.Json.Span));
                Assert.Equal(TextFrame.Of(entry.Json.Span), entry.Frame.ToArray());
                chunks += Touches(before, entry.Frame) ? 0 : 1;
                before = entry.Frame;
            }

            Assert.InRange(chunks, 1, 1 + sizes.Sum(size => size > 15_000 ? 2 : 0) + (sizes.Sum() / 48_000));
        });

    /// <summary>The payload's length, not the buffer's, decides about the header; the text between is the contract's frame.</summary>
    [Theory]
    [InlineData("", "")]
    [InlineData("{\"type\":1,\"target\":\"Events\",\"arguments\":[", "]}\u001e")]
    public void Write_AtTheBoundaries_IsOneMessageOfTheFrame(string before, string after)
    {
        var encoding = new EventsEncoding(before, after);
        var bare = Payload(encoding, 0).Length;
        foreach (var length in new[] { 125, 126, 65_535, 65_536 }.Where(length => length >= bare))
        {
            var payload = Payload(encoding, length - bare);

            Assert.Equal(length, payload.Length);
            Assert.StartsWith(before + "{\"type\":\"events\",\"after\":\"1-0\",\"upto\":\"2-0\",\"events\":[", payload, StringComparison.Ordinal);
            Assert.EndsWith("]}" + after, payload, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void HubEvents_SeveralEvents_IsACallWithTheFrame()
    {
        List<LogEntry> entries = [.. Enumerable.Range(0, 3).Select(_ => EntryEncoder.EncodeAlone(EventJson.ToUtf8(Sample.Event()), Position, default))];
        var buffer = new byte[HubRecords.Events.LengthFor(entries)];

        var message = Unframe(HubRecords.Events.Write(buffer, new LogPosition(1, 0), Position, entries));

        Assert.Equal((char)HubRecords.End, message[^1]);
        var call = JsonElement.Parse(message[..^1]);
        Assert.Equal((1, "Events"), (call.GetProperty("type").GetInt32(), call.GetProperty("target").GetString()));
        Assert.Equal(3, call.GetProperty("arguments")[0].GetProperty("events").GetArrayLength());
    }

    private static string Payload(EventsEncoding encoding, int eventBytes)
    {
        List<LogEntry> entries = [new LogEntry(Position, default(EventKeys), Encoding.ASCII.GetBytes(new string('x', eventBytes)))];
        return Unframe(encoding.Write(new byte[encoding.LengthFor(entries)], new LogPosition(1, 0), new LogPosition(2, 0), entries));
    }

    private static string Unframe(ReadOnlyMemory<byte> frame)
    {
        var header = TextFrame.HeaderLength(frame.Length - 10) is 10 ? 10 : frame.Span[1] == 126 ? 4 : 2;
        var payload = frame[header..];
        var expected = new byte[TextFrame.MaxHeader];
        TextFrame.WriteHeader(expected, payload.Length);
        Assert.Equal(expected[..header], frame[..header].ToArray());
        return Encoding.UTF8.GetString(payload.Span);
    }

    private static bool Touches(ReadOnlyMemory<byte> left, ReadOnlyMemory<byte> right)
    {
        System.Runtime.InteropServices.MemoryMarshal.TryGetArray(left, out var first);
        System.Runtime.InteropServices.MemoryMarshal.TryGetArray(right, out var second);
        return first.Array == second.Array && first.Offset + first.Count == second.Offset;
    }
}
