using System.Text;
using CsCheck;
using Nexus.Monitoring.Client.Redis;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Client.Tests.Redis;

public sealed class EntryPayloadTests
{
    /// <summary>Short ones, long ones of which few fit together, and some with a line break between two tokens.</summary>
    private static readonly Gen<byte[]> Json = Gen.Select(
        Gen.OneOf(Gen.Int[1, 600], Gen.Int[10_000, 70_000]), Gen.Int[0, 9],
        (length, one) => Encoding.UTF8.GetBytes($"{{{(one == 0 ? "\n" : "")}\"event_id\":\"{new string('x', length)}\"}}"));

    [Fact]
    public void Of_AnyEvents_SplitsIntoThemInTheirOrderWithinTheBounds() => Json.List[1, 200].Sample(
        events =>
        {
            var entries = EntryPayload.Of(events.ConvertAll(json => (ReadOnlyMemory<byte>)json));

            Assert.Equal(events.Select(Encoding.UTF8.GetString), entries.SelectMany(Events));
            Assert.All(entries, entry => Assert.True(entry.Events == 1 || entry.Payload.Length <= EntryEvents.MostBytes));
        },
        iter: 300);

    [Fact]
    public void Of_SmallEvents_FillsEntries()
    {
        var entries = EntryPayload.Of([.. Enumerable.Repeat((ReadOnlyMemory<byte>)"{}"u8.ToArray(), (2 * EntryEvents.Most) + 1)]);

        Assert.Equal([EntryEvents.Most, EntryEvents.Most, 1], entries.Select(entry => entry.Events));
        Assert.Equal(["es", "es", "e"], entries.Select(entry => entry.Field));
    }

    private static IEnumerable<string> Events(EntryPayload entry)
    {
        var events = new List<ReadOnlyMemory<byte>>();
        if (entry.Field == LogKeys.EventField)
        {
            events.Add(entry.Payload);
        }
        else
        {
            Assert.True(EntryEvents.TrySplit(entry.Payload, events));
        }

        Assert.Equal(entry.Events, events.Count);
        return events.Select(json => Encoding.UTF8.GetString(json.Span));
    }
}
