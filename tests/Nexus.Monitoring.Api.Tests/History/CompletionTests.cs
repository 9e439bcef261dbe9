using System.Text.Json;
using Nexus.Monitoring.Api.Tests.Fixtures;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Query;

namespace Nexus.Monitoring.Api.Tests.History;

public sealed class CompletionTests : IDisposable
{
    private readonly TemporaryHistory _history = new();

    public CompletionTests() => _history.Write(
    [
        Event(1, "atlas", "search", 3, "gpt"), Event(2, "atlas", "search", 4, "claude x"), Event(3, "atlas", "summarise", 4, "claude x"),
        Event(4, "Athena", "search", null, null), Event(5, "zeus", "search", null, null),
    ]);

    public void Dispose() => _history.Dispose();

    [Theory]
    [InlineData("project:at", "atlas 3|Athena 1")]
    [InlineData("type:", "task_started 5")]
    [InlineData("task_type:(search OR ", "search 4|summarise 1")]
    [InlineData("worker:", "4 2|3 1")]
    [InlineData("meta.", "meta.model: 3")]
    [InlineData("meta.model:", "\"claude x\" 2|gpt 1")]
    [InlineData("meta.model:\"cl", "\"claude x\" 2")]
    [InlineData("error:", "")]
    [InlineData("pro", "")]
    [InlineData("meta.o'\"1:", "")]
    public async Task Suggest_AreTheValuesThereAre_TheMostFrequentFirst(string query, string expected)
    {
        var values = await _history.History.SuggestAsync(QueryCaret.At(query, query.Length), 10, TestContext.Current.CancellationToken);

        Assert.Equal(expected, string.Join('|', values.Select(value => $"{value.Text} {value.Count}")));
    }

    private static MonitoringEvent Event(int at, string project, string type, int? worker, string? model) =>
        Sample.Event(EventTypes.TaskStarted, project) with
        {
            Timestamp = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000 + at),
            TaskType = type,
            WorkerId = worker,
            Meta = model is null ? null : JsonSerializer.SerializeToElement(new { model }),
        };
}
