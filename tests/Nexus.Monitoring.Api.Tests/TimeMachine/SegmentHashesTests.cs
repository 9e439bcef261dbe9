using System.Runtime.InteropServices;
using Nexus.Monitoring.Api.TimeMachine.Checkpoints;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.State;
using Nexus.Monitoring.Contracts.State.Checkpoints;

namespace Nexus.Monitoring.Api.Tests.TimeMachine;

public sealed class SegmentHashesTests : IDisposable
{
    private static readonly int Half = new LiveStateLimits().EndedTasks / 2;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nexus-hashes-");

    private readonly SegmentHashes _hashes;

    public SegmentHashesTests()
    {
        _hashes = new SegmentHashes(position => Path.Combine(_folder.FullName, $"{position}.ids"));
        Write(1, Enumerable.Range(0, 100));
        Write(2, Enumerable.Range(100, Half - 200));
        Write(3, Enumerable.Range(Half, Half - 100));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Find_TasksOfSomeSegments_GivesThoseThatHoldThemLast()
    {
        Write(4, [5, 250]);

        Assert.Equal([At(4), At(1)], Find(10, 4, "t5", "t7", "t250", "unknown")!.OrderDescending());
        Assert.Equal([At(3)], Find(10, 4, $"t{Half + 3}")!);
        Assert.Empty(Find(10, 4, "unknown")!);
    }

    /// <summary>All limits of ended tasks are counted from the newest on.</summary>
    [Theory]
    [InlineData(100, true)]
    [InlineData(300, false)]
    public void Find_TaskThatMayBeForgottenBeforeItIsTouched_GivesNone(long events, bool isFound) =>
        Assert.Equal(isFound, Find(events, 3, "t7") is not null);

    [Fact]
    public void Find_TooManyEvents_StillFindsTheNewest() => Assert.Equal([At(3)], Find(300, 3, $"t{Half + 3}")!);

    private static LogPosition At(ulong segment) => new(segment, 0);

    private HashSet<LogPosition>? Find(long events, ulong newest, params string[] tasks) =>
        _hashes.Find(new TouchedTasks(tasks.ToHashSet(), events), At(newest), At(1));

    private void Write(ulong segment, IEnumerable<int> tasks)
    {
        ulong[] hashes = [.. tasks.Select(task => StateCheckpoint.HashTask($"t{task}")).Order()];
        CheckpointFile.Write(
            Path.Combine(_folder.FullName, $"{At(segment)}.ids"), new CheckpointHead(At(segment - 1), default), MemoryMarshal.AsBytes(hashes.AsSpan()));
    }
}
