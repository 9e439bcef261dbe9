using Microsoft.Extensions.Options;
using Nexus.Monitoring.Api.History.Reading;
using Nexus.Monitoring.Api.History.Storage;
using Nexus.Monitoring.Api.Log;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Api.Tests.Fixtures;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Tests.History;

/// <summary>Cursors older than the log, where the history goes on.</summary>
public sealed class OlderHistoryTests
{
    private const ulong First = MemoryLog.FirstMillisecond - 1000;

    [Theory]
    [InlineData(4, 0, true)]
    [InlineData(4, 7, false)]
    public async Task Read_CursorFromOutside_IsHonouredOnlyIfTheHistoryHasIt(int number, int sequence, bool isKnown)
    {
        using var history = new TemporaryHistory();
        history.Write(Enumerable.Range(1, 9).Select(i => (At(i), Sample.Event())));
        using (var connection = history.Database.Connect())
        {
            connection.Execute($"UPDATE retention SET floor_ms = {At(0).Milliseconds}");
            connection.Execute($"UPDATE progress SET head_ms = {At(9).Milliseconds}");
        }

        history.State.Set(At(0), At(9));
        var log = new MemoryLog();
        log.Append(3);
        log.TrimTo(2);
        var options = Options.Create(new MonitoringApiOptions());
        using var inLog = new OlderEntries(log, new EntryDecoder(options), options);
        var older = new OlderHistory(inLog, history.History, history.State, history.Options);
        var cursor = At(number) with { Sequence = (ulong)sequence };

        var slice = await older.ReadAsync(cursor, log.Positions[^1], 100, isForeign: true, TestContext.Current.CancellationToken);
        var further = await older.ReadAsync(cursor, log.Positions[^1], 100, isForeign: false, TestContext.Current.CancellationToken);

        Assert.Equal(isKnown ? Continuity.Contiguous : Continuity.Vanished, slice.Continuity);
        Assert.Equal(At(number + 1), slice.First);
        Assert.Equal(isKnown ? 9 - number : 0, slice.Entries.Count);
        Assert.Equal((Continuity.Contiguous, 9 - number), (further.Continuity, further.Entries.Count));
    }

    private static LogPosition At(int number) => new(First + (ulong)number, 0);
}
