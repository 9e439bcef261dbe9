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
}
