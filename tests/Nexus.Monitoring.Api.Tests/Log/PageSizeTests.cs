using Nexus.Monitoring.Api.Log;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.Tests.Log;

public sealed class PageSizeTests
{
    private readonly PageSize _size = new();

    [Fact]
    public void Learn_FullPagesOfSmallEntries_GrowsToMost()
    {
        for (var i = 0; i < 10; i++)
        {
            _size.Learn(Page(400, hasMore: true));
        }

        Assert.Equal(PageSize.Most, _size.Current);
    }

    [Fact]
    public void Learn_PageThatIsNotFull_BeginsAnew()
    {
        _size.Learn(Page(400, hasMore: true));
        Assert.Equal(2 * PageSize.Fewest, _size.Current);

        _size.Learn(Page(400, hasMore: false));

        Assert.Equal(PageSize.Fewest, _size.Current);
    }

    [Theory]
    [InlineData(4 * 1024, 2048)]
    [InlineData(1024 * 1024, PageSize.Fewest)]
    public void Learn_LargeEntries_IsBoundedByBytes(int bytes, int expected)
    {
        for (var i = 0; i < 10; i++)
        {
            _size.Learn(Page(bytes, hasMore: true));
        }

        Assert.Equal(expected, _size.Current);
    }

    private static RawPage Page(int bytes, bool hasMore)
    {
        var json = new byte[bytes];
        return new RawPage([.. Enumerable.Range(1, 20).Select(n => new RawEntry(new LogPosition((ulong)n, 0), json))], hasMore);
    }
}
