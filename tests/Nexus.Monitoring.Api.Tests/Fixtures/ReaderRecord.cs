using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Tests.Fixtures;

/// <summary>Reads to the head and checks on the way that every interval begins where the one before ended.</summary>
internal sealed class ReaderRecord(LogReader reader)
{
    public List<LogPosition> Positions { get; } = [];

    public List<GapFrame> Gaps { get; } = [];

    public long Scanned { get; private set; }

    public async Task<ReaderRecord> ReadToHeadAsync()
    {
        while (true)
        {
            var before = reader.Position;
            var step = await reader.NextAsync(CancellationToken.None);
            if (step.Kind == ReaderStepKind.Idle)
            {
                return this;
            }

            Assert.Equal(before, step.After);
            Assert.Equal(reader.Position, step.Upto);
            Assert.True(step.Upto >= step.After);
            Scanned += step.Scanned;
            if (step.Gap is { } gap)
            {
                Assert.Equal((step.After, step.Upto), (gap.After, gap.Upto));
                Gaps.Add(gap);
                continue;
            }

            foreach (var entry in step.Entries!)
            {
                Assert.True(entry.Position > step.After && entry.Position <= step.Upto);
                Assert.True(Positions.Count == 0 || entry.Position > Positions[^1]);
                Positions.Add(entry.Position);
            }
        }
    }
}
