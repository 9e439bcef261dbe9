using System.Globalization;
using System.Text.Json;
using System.Web;
using Microsoft.Extensions.Time.Testing;
using Nexus.Monitoring.Contracts.History;
using Nexus.Monitoring.Contracts.Json;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Web.Api;
using Nexus.Monitoring.Web.Tasks;
using Nexus.Monitoring.Web.Tests.Api;

namespace Nexus.Monitoring.Web.Tests.Tasks;

/// <summary>As many tasks as a list shows at most; the API gives them by a key, as the real one does.</summary>
public sealed class TaskRowsTests : IDisposable
{
    private const int All = TaskPages.MaxRows;
    private readonly AnsweringApi _api = new(Answer);
    private readonly TaskRows _rows;

    public TaskRowsTests()
    {
        var reader = new ApiReader(_api);
        _rows = new TaskRows(static () => { });
        _rows.Begin(new TaskPages(reader, new SharedAnswers(reader, new FakeTimeProvider()), TaskSelection.All));
        _rows.Want(0, 1);
    }

    public void Dispose()
    {
        _rows.Dispose();
        _api.Dispose();
    }

    [Fact]
    public async Task Want_TheEnd_ReadsTheLastPartAlone()
    {
        await Eventually.IsTrueAsync(() => _rows.HasBegun && !_rows.IsReading, "the first part is there");

        _rows.Want(All - 40, 40);
        await ShowsAsync(All - 40, 40);

        Assert.Equal(2, _api.Asked.Count);
        Assert.Equal(All, _rows.Length);
    }

    [Fact]
    public async Task Want_AnyPlaceBetween_ReadsThatPartAlone()
    {
        await Eventually.IsTrueAsync(() => _rows.HasBegun && !_rows.IsReading, "the first part is there");

        _rows.Want(All / 2, 40);
        await ShowsAsync(All / 2, 40);
        _rows.Want(All / 4, 40);
        await ShowsAsync(All / 4, 40);

        Assert.Equal(3, _api.Asked.Count);
        Assert.Empty(_rows.Rows(All / 2, 40));
        Assert.Equal(All, _rows.Length);
    }

    [Fact]
    public async Task Want_OnBothWaysFromAPlaceBetween_LeavesNoSeam()
    {
        await Eventually.IsTrueAsync(() => _rows.HasBegun && !_rows.IsReading, "the first part is there");
        _rows.Want(All / 2, 40);
        await ShowsAsync(All / 2, 40);

        _rows.Want((All / 2) - 20, 40);
        await ShowsAsync((All / 2) - 20, 40);
        _rows.Want((All / 2) - 700, 40);
        await ShowsAsync((All / 2) - 700, 40);
        _rows.Want((All / 2) + 700, 40);
        await ShowsAsync((All / 2) + 700, 40);

        await ShowsAsync((All / 2) - 700, 1400);
        Assert.Single(_api.Asked, asked => asked.Contains("skip=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Want_AnotherPlaceWhileOneIsRead_ShowsTheOther()
    {
        await Eventually.IsTrueAsync(() => _rows.HasBegun && !_rows.IsReading, "the first part is there");

        for (var place = 10_000; place < 90_000; place += 10_000)
        {
            _rows.Want(place, 40);
        }

        await ShowsAsync(80_000, 40);
        _rows.Want(79_990, 40);
        await ShowsAsync(79_990, 40);
    }

    [Fact]
    public async Task Want_BackFromTheEnd_GoesOnWhereTheBeginningStood()
    {
        await Eventually.IsTrueAsync(() => _rows.HasBegun && !_rows.IsReading, "the first part is there");
        _rows.Want(All - 40, 40);
        await ShowsAsync(All - 40, 40);

        _rows.Want(90, 40);
        await ShowsAsync(90, 40);

        Assert.Equal(3, _api.Asked.Count);
        Assert.Equal(600, _rows.Count);
    }

    [Fact]
    public async Task Update_RowAtTheEnd_ChangesInPlace()
    {
        await Eventually.IsTrueAsync(() => _rows.HasBegun && !_rows.IsReading, "the first part is there");
        _rows.Want(All - 40, 40);
        await ShowsAsync(All - 40, 40);

        _rows.Update(task => task.TaskId == "99999" ? task with { Status = "failed" } : task);

        Assert.Equal("failed", _rows.Rows(All - 1, 1)[0].Status);
    }

    private Task ShowsAsync(int start, int count) => Eventually.IsTrueAsync(
        () => !_rows.IsReading && _rows.Rows(start, count).Select(task => task.TaskId)
            .SequenceEqual(Enumerable.Range(start, count).Select(row => row.ToString(CultureInfo.InvariantCulture))),
        $"rows from {start} on are there");

    /// <summary>Task 0 changed last; the cursor is the last row of the page before.</summary>
    private static HttpResponseMessage Answer(HttpRequestMessage request)
    {
        var query = HttpUtility.ParseQueryString(request.RequestUri!.Query);
        var limit = int.Parse(query["limit"]!, CultureInfo.InvariantCulture);
        var step = query["order"] == "asc" ? -1 : 1;
        var first = query["cursor"] is { } cursor ? int.Parse(cursor, CultureInfo.InvariantCulture) + step : step > 0 ? 0 : All - 1;
        first += step * int.Parse(query["skip"] ?? "0", CultureInfo.InvariantCulture);
        var rows = Enumerable.Range(0, limit).Select(i => first + (i * step)).Where(row => row is >= 0 and < All).ToList();
        var hasMore = rows[^1] is > 0 and < All - 1 || (step > 0 ? rows[^1] == 0 : rows[^1] == All - 1);
        return AnsweringApi.Json(JsonSerializer.Serialize(
            new TaskPage([.. rows.Select(Row)], hasMore ? rows[^1].ToString(CultureInfo.InvariantCulture) : null,
                rows[0].ToString(CultureInfo.InvariantCulture), new(9, 0), All, null),
            MonitoringJson.Context.TaskPage));
    }

    private static TaskRow Row(int row) => new()
    {
        TaskId = row.ToString(CultureInfo.InvariantCulture), Status = "completed", Position = new LogPosition((ulong)(All - row), 0),
    };
}
