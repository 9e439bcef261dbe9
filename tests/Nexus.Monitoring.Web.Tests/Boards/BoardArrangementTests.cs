using Nexus.Monitoring.Contracts.Views;
using Nexus.Monitoring.Web.Components.Boards;

namespace Nexus.Monitoring.Web.Tests.Boards;

public sealed class BoardArrangementTests
{
    private static readonly SavedBoard Board = new()
    {
        Id = "b",
        Name = "B",
        Panels = [new() { Id = "1", Kind = "runs" }, new() { Id = "2", Kind = "workers" }, new() { Id = "3", Kind = "failures" }],
    };

    [Theory]
    [InlineData("1", 2, "231")]
    [InlineData("3", 0, "312")]
    [InlineData("2", 99, "132")]
    [InlineData("2", -1, "213")]
    [InlineData("none", 0, "123")]
    public void Move_AnyPlace_KeepsAllPanels(string panel, int to, string order) =>
        Assert.Equal(order, string.Concat(BoardArrangement.Move(Board, panel, to).Panels.Select(each => each.Id)));

    [Theory]
    [InlineData(1, 3)]
    [InlineData(7, 7)]
    [InlineData(40, 12)]
    public void Resize_AnyWidth_StaysOnTheBoard(int wanted, int width) =>
        Assert.Equal([6, width, 6], BoardArrangement.Resize(Board, "2", wanted).Panels.Select(each => each.Width));

    [Fact]
    public void Add_EveryPanelOfTheCatalogue_IsAValidBoard()
    {
        var board = PanelCatalog.All.Aggregate(Board with { Panels = [] }, (before, entry) => BoardArrangement.Add(before, entry, new PanelQuestion(entry.Kind, "atlas", "6h", "worker_id:3")));

        Assert.Null(DocumentRules.Check(board));
        Assert.Equal(board.Panels.Count, board.Panels.DistinctBy(panel => panel.Kind).Count());
        Assert.All(board.Panels, panel => Assert.All(
            PanelCatalog.Parameters(PanelCatalog.Find(panel.Kind)!, panel),
            one => Assert.NotNull(PanelCatalog.Find(panel.Kind)!.Component.GetProperty(one.Key))));
        Assert.Equal(
            ["Kind", "Project", "Query", "Range"],
            PanelCatalog.Parameters(PanelCatalog.Find("trend-run")!, board.Panels.Single(panel => panel.Kind == "trend-run")).Keys.Order());
        Assert.Empty(BoardArrangement.Remove(BoardArrangement.Remove(BoardArrangement.Remove(Board, "1"), "2"), "3").Panels);
    }

    [Theory]
    [InlineData("trend-run", "from=2026-11-23&to=2026-11-24&by=worker&type=search&wait=1", "By=worker, From=2026-11-23, Kind=run, TaskType=search, To=2026-11-24")]
    [InlineData("trend-wait-map", "wait=0", "IsWait=True")]
    [InlineData("trend-compared", "compare=day", "With=day")]
    [InlineData("times", "wait=1", "IsWait=True")]
    [InlineData("queue-depth", "priority=1", "ByPriority=True")]
    [InlineData("tasks", "status=failed&sort=running&order=asc&columns=type,worker", "ColumnNames=type,worker, Order=asc, Sort=running, Status=failed")]
    [InlineData("lanes", "order=utilisation", "Order=utilisation")]
    [InlineData("run-tasks", "run=r1&show=all&window=5", "IsTasks=True, Run=r1, Show=all, Window=5")]
    [InlineData("about-sizes", "unknown=1", "Part=sizes")]
    public void Parameters_WhatElseWasChosen_IsWhatThePanelShows(string kind, string choices, string parameters)
    {
        var board = BoardArrangement.Add(Board with { Panels = [] }, PanelCatalog.Find(kind)!, new PanelQuestion(kind, Choices: choices));

        Assert.Null(DocumentRules.Check(board));
        Assert.Equal(parameters, string.Join(", ", PanelCatalog.Parameters(PanelCatalog.Find(kind)!, board.Panels[0])
            .OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => $"{one.Key}={one.Value}")));
    }
}
