using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Web.Query;
using Nexus.Monitoring.Web.Tests.Components;
using Nexus.Monitoring.Web.Tests.Events;

namespace Nexus.Monitoring.Web.Tests.Query;

public sealed class QueryCompletionTests
{
    private readonly FakeFeed _feed = new();

    /// <summary>The caret is where <c>|</c> stands.</summary>
    [Theory]
    [InlineData("stat|", "status:", "status:|")]
    [InlineData("stat|:failed", "status:", "status|:failed")]
    [InlineData("status:failed |", "AND", "status:failed AND |")]
    [InlineData("event_type:task_s|", "task_started", "event_type:task_started |")]
    [InlineData("event_type:(task_failed OR task_s|)", "task_started", "event_type:(task_failed OR task_started|)")]
    [InlineData("duration_ms:|", ">1s", "duration_ms:>1s |")]
    public async Task At_FirstChoicePutIn_GivesTheQuery(string text, string choice, string expected)
    {
        Append(1, 3, EventTypes.TaskStarted);
        var caret = text.IndexOf('|', StringComparison.Ordinal);
        var query = text.Remove(caret, 1);

        var choices = await At(query, caret);

        var first = choices!.Choices[0];
        Assert.Equal(choice, first.Text);
        Assert.Equal(expected, query.Remove(choices.Start, choices.Length).Insert(choices.Start, first.Insert + "|"));
    }

    [Fact]
    public async Task At_Value_IsCountedInTheProjectMostFrequentFirst()
    {
        Append(1, 3, EventTypes.TaskStarted);
        Append(4, 8, EventTypes.TaskFailed);
        _feed.Log.Append(TestEvents.Event(9, EventTypes.TaskRetry, project: "other"));
        _feed.Log.Publish();

        var choices = await At("event_type:", 11, "atlas");

        Assert.Equal([("task_failed", 5L), ("task_started", 3L)], choices!.Choices.Take(2).Select(choice => (choice.Text, choice.Count ?? 0)));
        Assert.Contains("task_retry", choices.Choices.Select(choice => choice.Text));
        Assert.Null(choices.Choices.Single(choice => choice.Text == "task_retry").Count);
        Assert.Equal("event_type · counts in the newest 9 events", choices.Title);
    }

    [Fact]
    public async Task At_ValueWithSpaces_IsPutInQuotationMarks()
    {
        _feed.Log.Append(TestEvents.Event(1, project: "my project"));
        _feed.Log.Publish();

        var choices = await At("project_id:my", 13);

        Assert.Equal("\"my project\" ", choices!.Choices[0].Insert);
    }

    [Theory]
    [InlineData("event_type:task_started")]
    [InlineData("nothing-like-a-field")]
    public async Task At_NothingToAdd_OffersNothing(string query)
    {
        Append(1, 1, EventTypes.TaskStarted);

        Assert.Null(await At(query, query.Length));
    }

    private ValueTask<QueryChoices?> At(string text, int caret, string? project = null) =>
        new QueryCompletion(new LiveFieldValues(_feed)).AtAsync(text, caret, project, CancellationToken.None);

    private void Append(int first, int last, string type)
    {
        for (var i = first; i <= last; i++)
        {
            _feed.Log.Append(TestEvents.Event(i, type));
        }

        _feed.Log.Publish();
    }
}
