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
            _size.Learn(Page(400), isFull: true);
        }

        Assert.Equal(PageSize.Most, _size.Current);
    }

    [Fact]
    public void Learn_PageThatIsNotFull_BeginsAnew()
    {
        _size.Learn(Page(400), isFull: true);
        Assert.Equal(2 * PageSize.Fewest, _size.Current);

        _size.Learn(Page(400), isFull: false);

        Assert.Equal(PageSize.Fewest, _size.Current);
    }

    [Theory]
    [InlineData(4 * 1024, 2048)]
    [InlineData(1024 * 1024, PageSize.Fewest)]
    public void Learn_LargeEntries_IsBoundedByBytes(int bytes, int expected)
    {
        for (var i = 0; i < 10; i++)
        {
            _size.Learn(Page(bytes), isFull: true);
        }

        Assert.Equal(expected, _size.Current);
    }

    private static List<RawEntry> Page(int bytes)
    {
        var json = new byte[bytes];
        return [.. Enumerable.Range(1, 20).Select(n => new RawEntry(new LogPosition((ulong)n, 0), json))];
    }
}
