using Nexus.Monitoring.Api.History.Tasks;
using Nexus.Monitoring.Api.Tests.Fixtures;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.Query;

namespace Nexus.Monitoring.Api.Tests.History;

/// <summary>Places far down in a list of tasks, which are counted and not read.</summary>
public sealed class TaskPlacesTests
{
    private const ulong Hour = 3_600_000;

    private static readonly LogPosition Begin = LogPosition.At(new DateTimeOffset(2026, 11, 20, 9, 0, 0, TimeSpan.Zero));

    /// <summary>More than are put in order at once lie close together, between hours in which little ends, and a day in which nothing does.</summary>
    [Theory]
    [InlineData("finished", false)]
    [InlineData("finished", true)]
    [InlineData("running", false)]
    [InlineData("running", true)]
    public async Task Places_PassedOver_AreThoseOfTheWholeList(string sort, bool isAscending)
    {
        using var history = new TemporaryHistory();
        history.Write([.. Ends(Begin, 40, Hour / 10), .. Ends(After(30 * Hour), 12_000, 1), .. Ends(After(31 * Hour), 30, Hour / 10)]);
        var question = new TaskQuestion(
            EventQuery.All, TemporaryHistory.Everything, EndedTasks.EndTypes, new TaskOrder(sort, isAscending), null, 100_000, DateTimeOffset.UtcNow);
        var all = await PlacesAsync(question);
        Assert.Equal(12_070, all.Count);
        Assert.Equal(all.OrderBy(place => place, Comparer<TaskPlace>.Create(question.Order.Compare)), all);

        foreach (var skip in new[] { 0, 1, 29, 30, 31, 5_000, 12_029, 12_030, 12_069, 12_070, 50_000 })
        {
            Assert.Equal(all.Skip(skip).Take(3), await PlacesAsync(question with { Skip = skip, Limit = 3 }));
        }

        // From a place on, as somebody who has looked at a page asks.
        var (middle, failed) = (all[40], question with { EndTypes = [EventTypes.TaskFailed] });
        Assert.Equal(all.Skip(41 + 6_000).Take(3), await PlacesAsync(question with { After = middle, Skip = 6_000, Limit = 3 }));
        Assert.Equal((await PlacesAsync(failed)).Skip(900).Take(3), await PlacesAsync(failed with { Skip = 900, Limit = 3 }));

        async Task<IReadOnlyList<TaskPlace>> PlacesAsync(TaskQuestion asked) =>
            await history.History.TaskPlacesAsync(asked, TestContext.Current.CancellationToken);
    }

    private static LogPosition After(ulong milliseconds) => new(Begin.Milliseconds + milliseconds, 0);

    /// <summary>Every tenth fails.</summary>
    private static IEnumerable<(LogPosition Position, MonitoringEvent Event)> Ends(LogPosition first, int count, ulong every)
    {
        for (var i = 0; i < count; i++)
        {
            var position = new LogPosition(first.Milliseconds + ((ulong)i * every), 0);
            yield return (position, new MonitoringEvent
            {
                EventId = $"{position}",
                Timestamp = position.Time,
                EventType = i % 10 == 0 ? EventTypes.TaskFailed : EventTypes.TaskCompleted,
                TaskId = $"task-{position}",
                DurationMs = i % 97,
            });
        }
    }
}
