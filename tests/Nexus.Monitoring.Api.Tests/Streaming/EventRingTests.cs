using CsCheck;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Contracts.Filters;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Tests.Streaming;

public sealed class EventRingTests
{
    /// <summary>A list that drops its oldest entries says what the ring must hold, and where any position leads.</summary>
    [Fact]
    public void Append_AnySizes_HoldsWhatTheModelHolds() => Gen.Select(
        Gen.Int[1, 40], Gen.Long[1, 400], Gen.Int[0, 60].List[0, 200]).Sample((maxEvents, maxBytes, sizes) =>
        {
            var ring = new EventRing(At(0), maxEvents, maxBytes);
            var model = new List<LogEntry>();
            var floor = At(0);
            for (var i = 0; i < sizes.Count; i++)
            {
                // Every other position is left out, as if the entry there were no event.
                var entry = Entry(At((2 * i) + 2), sizes[i]);
                while (model.Count > 0 && (model.Count >= maxEvents || model.Sum(e => e.Json.Length) + sizes[i] > maxBytes))
                {
                    floor = model[0].Position;
                    model.RemoveAt(0);
                }

                model.Add(entry);
                ring.Append(entry);
            }

            Assert.Equal(model.Count, ring.Count);
            Assert.Equal(model.Sum(e => e.Json.Length), ring.Bytes);
            Assert.Equal(floor, ring.Floor.Position);
            for (var p = 0; p <= (2 * sizes.Count) + 2; p++)
            {
                var isHeld = ring.TrySeek(At(p), out var index);
                Assert.Equal(At(p) >= floor, isHeld);
                if (isHeld)
                {
                    Assert.Same(model.Find(e => e.Position > At(p)), ring.Get(index));
                }

                Assert.Equal(model.Exists(e => e.Position == At(p)), ring.Contains(At(p)) && At(p) != floor);
            }
        });

    [Fact]
    public void Append_LargerThanTheRing_HoldsThatOneEvent()
    {
        var ring = new EventRing(At(0), 10, 100);

        ring.Append(Entry(At(1), 50));
        ring.Append(Entry(At(2), 5000));

        Assert.Equal(1, ring.Count);
        Assert.Equal(At(1), ring.Floor.Position);
    }

    [Fact]
    public void Append_NotAfterTheHead_IsAFault()
    {
        var ring = new EventRing(At(5), 10, 100);

        Assert.Throws<InvalidOperationException>(() => ring.Append(Entry(At(5), 1)));
    }

    /// <summary>Readers race the writer; whatever they get must be the entry they asked for.</summary>
    [Fact]
    public async Task Get_WhileTheWriterOvertakes_NeverGivesAnotherEntry()
    {
        const int Entries = 200_000;
        var ring = new EventRing(At(0), 64, long.MaxValue);
        var readers = Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
        {
            var seen = 0;
            var position = At(0);
            while (position < At(Entries))
            {
                if (!ring.TrySeek(position, out var index))
                {
                    position = ring.Floor.Position;
                    continue;
                }

                while (ring.Get(index) is { } entry)
                {
                    Assert.Equal(index++, entry.Index);
                    Assert.True(entry.Position > position);
                    position = entry.Position;
                    seen++;
                }
            }

            return seen;
        })).ToArray();

        for (var i = 1; i <= Entries; i++)
        {
            ring.Append(Entry(At(i), 1));
        }

        Assert.All(await Task.WhenAll(readers), seen => Assert.InRange(seen, 1, Entries));
    }

    /// <summary>A reader that folds events passes over those of before its checkpoint; they must not be kept twice for its sake.</summary>
    [Fact]
    public void Append_ManyThatNobodyFolds_KeepsOnlyTheNewestDecoded()
    {
        const int Entries = EventRing.MaxDecoded + 100;
        var ring = new EventRing(At(0), 2 * Entries, long.MaxValue);
        var decoded = Fixtures.Sample.Event();
        for (var i = 1; i <= Entries; i++)
        {
            var entry = Entry(At(i), 1);
            entry.Decoded = decoded;
            ring.Append(entry);
        }

        var kept = Enumerable.Range(0, Entries).Where(index => ring.Get(index)!.Decoded is not null).ToList();
        Assert.Equal(Enumerable.Range(Entries - EventRing.MaxDecoded, EventRing.MaxDecoded), kept);
    }

    private static LogPosition At(int n) => new((ulong)n, 0);

    private static LogEntry Entry(LogPosition position, int bytes) =>
        new(position, new EventKeys("task_started", null, null, null), new byte[bytes]);
}
