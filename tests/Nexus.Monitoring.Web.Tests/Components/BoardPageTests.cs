using System.Collections.Concurrent;
using System.Text.Json;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Nexus.Monitoring.Contracts.Json;
using Nexus.Monitoring.Contracts.Views;
using Nexus.Monitoring.Web.Api;
using Nexus.Monitoring.Web.Components.Boards;
using Nexus.Monitoring.Web.Tests.Api;
using Nexus.Monitoring.Web.Views;

namespace Nexus.Monitoring.Web.Tests.Components;

public sealed class BoardPageTests : DashboardContext
{
    private readonly TaskCompletionSource _saving = new();
    private readonly ConcurrentQueue<SavedBoard> _saved = new();
    private readonly AnsweringApi _api;
    private readonly SharedViews _views;
    private SavedBoard _board = new()
    {
        Id = "wall", Name = "Wall", Version = 1, Panels = [new() { Id = "1", Kind = "of-tomorrow" }, new() { Id = "2", Kind = "of-tomorrow" }],
    };

    public BoardPageTests()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        _api = new AnsweringApi(AnswerAsync);
        _views = new SharedViews(new ApiReader(_api), Clock);
        Services.AddSingleton(_views);
    }

    [Fact]
    public async Task Changes_PageLeftWhileTheyWait_AreSavedOneAfterTheOther()
    {
        await _views.RefreshAsync(CancellationToken.None);
        var page = Render<BoardPage>(parameters => parameters.Add(x => x.Id, "wall"));
        Assert.Equal(2, page.FindAll("[data-tile]").Count);
        var changes = await page.InvokeAsync(() => Task.FromResult(new[] { page.Instance.WidenAsync("1", 8), page.Instance.WidenAsync("2", 9) }));

        await page.InvokeAsync(() => page.Instance.DisposeAsync().AsTask());
        _saving.SetResult();
        await Task.WhenAll(changes);

        Assert.Equal([[8, 6], [8, 9]], _saved.Select(board => board.Panels.Select(panel => panel.Width)));
        Assert.Equal([1, 2], _saved.Select(board => board.Version));
    }

    protected override void Dispose(bool disposing)
    {
        _views.Dispose();
        _api.Dispose();
        base.Dispose(disposing);
    }

    private async Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Method == HttpMethod.Put)
        {
            await _saving.Task;
            var board = JsonSerializer.Deserialize(await request.Content!.ReadAsStringAsync(cancellationToken), MonitoringJson.Context.SavedBoard)!;
            _saved.Enqueue(board);
            _board = board with { Version = board.Version + 1 };
            return AnsweringApi.Json(JsonSerializer.Serialize(_board, MonitoringJson.Context.SavedBoard));
        }

        return AnsweringApi.Json(request.RequestUri!.AbsolutePath.EndsWith("boards", StringComparison.Ordinal)
            ? JsonSerializer.Serialize(new DocumentList<SavedBoard>([_board]), MonitoringJson.Context.DocumentListSavedBoard)
            : """{"items":[]}""");
    }
}
