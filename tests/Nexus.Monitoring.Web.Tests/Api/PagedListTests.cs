using Nexus.Monitoring.Web.Api;

namespace Nexus.Monitoring.Web.Tests.Api;

public sealed class PagedListTests
{
    private const int PageSize = 10;
    private const int All = 95;

    private readonly List<int> _read = [];
    private Exception? _problem;

    [Fact]
    public void Want_AnywhereInTheList_GivesEachItemOnce()
    {
        using var list = List();

        list.Want(0, 1_000);

        Assert.True(list.IsAtEnd);
        Assert.Equal(Enumerable.Range(0, All), list.Rows(0, 1_000));
        Assert.Equal([27, 28, 29, 30, 31], list.Rows(27, 5));
        Assert.Empty(list.Rows(All, 5));
    }

    [Fact]
    public void Want_MorePartsThanAreKept_ReadsThoseAgainThatWereLetGo()
    {
        using var list = List(keptParts: 3);
        list.Want(0, All);
        Assert.Equal(10, _read.Count);
        Assert.Empty(list.Rows(0, 5));

        list.Want(0, 5);

        Assert.Equal([0, 1, 2, 3, 4], list.Rows(0, 5));
        Assert.Equal(0, _read[^1]);
        Assert.Equal(All, list.Count);
    }

    [Fact]
    public void Want_Problem_StandsUntilTriedAgain()
    {
        using var list = List();
        list.Want(0, 15);
        _problem = new ApiProblemException("The API is not reachable.");

        list.Want(0, 50);
        Assert.Equal("The API is not reachable.", list.Problem?.Message);
        Assert.Equal(20, list.Count);

        _problem = null;
        list.TryAgain();
        Assert.Null(list.Problem);
        Assert.Equal(50, list.Rows(0, 50).Count);
    }

    [Fact]
    public void Want_UnforeseenFailure_StandsAndCanBeTriedAgain()
    {
        using var list = List();
        _problem = new InvalidOperationException("Nobody thought of this.");

        list.Want(0, 50);
        Assert.False(list.IsReading);
        Assert.NotNull(list.Problem);

        _problem = null;
        list.TryAgain();
        Assert.Equal(50, list.Rows(0, 50).Count);
    }

    [Fact]
    public void Update_Values_ChangeInPlace()
    {
        using var list = List();
        list.Want(0, 15);

        list.Update(item => item == 3 ? 300 : item);

        Assert.Equal([2, 300, 4], list.Rows(2, 3));
        Assert.Equal(20, list.Count);
    }

    private PagedList<int, int> List(int keptParts = 40)
    {
        var list = new PagedList<int, int>(Read, static () => { }, keptParts);
        list.Begin(0);
        return list;
    }

    private Task<ListPart<int, int>> Read(int from, int until, CancellationToken cancellationToken)
    {
        if (_problem is not null)
        {
            return Task.FromException<ListPart<int, int>>(_problem);
        }

        _read.Add(from);
        var next = Math.Min(All, from + PageSize);
        return Task.FromResult(new ListPart<int, int>([.. Enumerable.Range(from, next - from)], next, next == All));
    }
}
