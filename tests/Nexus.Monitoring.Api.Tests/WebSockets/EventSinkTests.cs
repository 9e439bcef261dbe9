using CsCheck;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Api.Tests.Fixtures;
using Nexus.Monitoring.Api.WebSockets;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Tests.WebSockets;

public sealed class EventSinkTests
{
    /// <summary>Whichever of the ring's entries are sent, side by side or not, over chunks or within one: what leaves is their frames.</summary>
    [Fact]
    public async Task SendEvents_AnyOfThem_WritesTheirFramesInOrder() => await Gen.Select(
        Gen.Int[0, 6000].Array[1, 80], Gen.Int[1, 4]).SampleAsync(async (sizes, every) =>
        {
            var encoder = new EntryEncoder();
            var entries = new List<LogEntry>();
            for (var i = 0; i < sizes.Length; i++)
            {
                var json = EventJson.ToUtf8(Sample.Event() with { Message = new string('x', sizes[i]) });
                var entry = encoder.Encode(json, new LogPosition(1, (ulong)i + 1), default);
                if (i % every == 0)
                {
                    entries.Add(entry);
                }
            }

            using var output = new MemoryStream();
            using var connection = new FrameConnection(output, null, static () => { }, TimeProvider.System);
            var expected = entries.SelectMany(entry => entry.Frame.ToArray()).ToArray();

            var send = new EventSink(connection).SendEventsAsync(LogPosition.Start, entries[^1].Position, entries);
            entries.Clear();
            await send;

            Assert.Equal(expected, output.ToArray());
        });
}
