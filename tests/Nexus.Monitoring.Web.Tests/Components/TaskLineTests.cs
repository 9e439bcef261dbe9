using Bunit;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.History;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Web.Components.Tasks;
using Nexus.Monitoring.Web.Tasks;

namespace Nexus.Monitoring.Web.Tests.Components;

public sealed class TaskLineTests : DashboardContext
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private static readonly TaskRow Task = new()
    {
        TaskId = "b2666380",
        Status = EventStatuses.Processing,
        TaskType = "summarization",
        RunId = "run-1",
        Attempt = 2,
        WorkerId = 7,
        StartedAt = Noon.AddSeconds(-5),
        WaitMs = 4_200,
        Message = "summarise filings",
        Position = LogPosition.At(Noon.AddSeconds(-5)),
    };

    [Fact]
    public void Render_Running_CountsUpToNow()
    {
        var cells = Cells(Task, "attempt,worker,wait,run_time,changed");

        Assert.Equal(["b2666380", "2", "7", "4.2 s", "5 s", "11:59:55"], cells);
    }

    [Fact]
    public void Render_Ended_StandsStill()
    {
        var ended = Task with { Status = EventStatuses.Failed, EndedAt = Noon.AddSeconds(-2), DurationMs = 3_000, Error = "no" };

        Assert.Equal(["b2666380", "no", "3.0 s"], Cells(ended, "words,run_time"));
    }

    [Fact]
    public void Render_FailedInAWayOfItsOwn_NamesIt()
    {
        var failed = Task with { Status = EventStatuses.Failed, FailureKind = FailureKinds.TimedOut, Error = "no" };

        Assert.Equal(["b2666380", "timed out no"], Cells(failed, "words").Select(cell => string.Join(' ', cell.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))));
        Assert.Equal(["b2666380", "no"], Cells(failed with { FailureKind = FailureKinds.Error }, "words"));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("nonsense", null)]
    [InlineData("changed,type", "type,changed")]
    public void Columns_OfAnAddress_KeepTheirOrder(string? names, string? written) => Assert.Equal(written, TaskColumn.Write(TaskColumn.Read(names)));

    [Fact]
    public void SortedBy_TheSameTwice_TurnsRound()
    {
        var once = TaskSelection.All.SortedBy("waiting");

        Assert.Equal(("waiting", false), (once.Sort, once.IsAscending));
        Assert.True(once.SortedBy("waiting").IsAscending);
        Assert.False(once.SortedBy("running").IsAscending);
    }

    /// <summary>Red is failure only.</summary>
    [Theory]
    [InlineData(EventStatuses.Failed, "is-failed")]
    [InlineData(EventStatuses.Retrying, "is-retrying")]
    [InlineData(EventStatuses.Orphaned, "is-orphaned")]
    [InlineData(EventStatuses.Completed, "t2")]
    public void Render_Error_HasTheToneOfWhatBecameOfTheTask(string status, string tone)
    {
        var line = Render<TaskLine>(parameters => parameters
            .Add(one => one.Task, Task with { Status = status, Error = "HTTP 429" })
            .Add(one => one.Columns, TaskColumn.Read("words"))
            .Add(one => one.Now, Noon));

        Assert.Equal(tone, line.Find(".is-words span").ClassName);
    }

    private IEnumerable<string> Cells(TaskRow task, string columns) => Render<TaskLine>(line => line
            .Add(one => one.Task, task)
            .Add(one => one.Columns, TaskColumn.Read(columns))
            .Add(one => one.Now, Noon))
        .FindAll("[role=cell]").Select(cell => cell.TextContent.Trim().Replace('\u00a0', ' '));
}
