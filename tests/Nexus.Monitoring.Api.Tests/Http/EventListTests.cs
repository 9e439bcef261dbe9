using System.Net;
using System.Text.Json;
using Nexus.Monitoring.Api.Tests.Fixtures;

namespace Nexus.Monitoring.Api.Tests.Http;

public sealed class EventListTests
{
    [Theory]
    [InlineData(65_536)]
    [InlineData(16)]
    public async Task List_Backwards_PagesChainToTheBeginning(int ringEvents)
    {
        await using var api = await ApiHost.StartAsync(null, ("Monitoring:RingEvents", $"{ringEvents}"));
        var expected = new List<string>();
        for (var i = 0; i < 120; i++)
        {
            var position = api.Log.Append(Sample.Event(projectId: i % 3 == 0 ? "mine" : "others"));
            if (i % 3 == 0)
            {
                expected.Add(position.ToString());
            }
        }

        await api.FoldsAsync(api.Log.Positions[^1]);
        var received = new List<string>();
        var query = "";
        while (true)
        {
            var page = await api.Http.GetJsonAsync($"/api/events?project_id=mine&limit=7{query}");
            received.InsertRange(0, Cursors(page));
            var after = page.GetProperty("after").GetString();
            if (after == page.GetProperty("upto").GetString())
            {
                break;
            }

            query = $"&upto={after}";
        }

        Assert.Equal(expected, received);
    }

    [Theory]
    [InlineData(65_536)]
    [InlineData(16)]
    public async Task List_Forwards_PagesChainToTheHead(int ringEvents)
    {
        await using var api = await ApiHost.StartAsync(null, ("Monitoring:RingEvents", $"{ringEvents}"));
        var positions = api.Log.Append(100);
        await api.FoldsAsync(positions[^1]);
        var received = new List<string>();
        var cursor = positions[9].ToString();
        while (cursor != positions[^1].ToString())
        {
            var page = await api.Http.GetJsonAsync($"/api/events?limit=7&cursor={cursor}");
            Assert.Equal(cursor, page.GetProperty("after").GetString());
            received.AddRange(Cursors(page));
            cursor = page.GetProperty("upto").GetString()!;
        }

        Assert.Equal(positions.Skip(10).Select(position => position.ToString()), received);
    }

    [Theory]
    [InlineData("limit=0", "limit is '0'; a whole number from 1 to 1000 is allowed.")]
    [InlineData("limit=ten", "limit is 'ten';")]
    [InlineData("limit=1001", "limit is '1001';")]
    [InlineData("upto=x", "upto is 'x';")]
    [InlineData("upto=1-1&cursor=1-1", "upto is '1-1'; either upto or cursor is allowed, not both.")]
    [InlineData("follow=perhaps", "follow is 'perhaps'; one of true, false is allowed.")]
    [InlineData("stats_only=2", "stats_only is '2'; true or false is allowed.")]
    public async Task List_BadQuery_Is400WithASentence(string query, string detail)
    {
        await using var api = await ApiHost.StartAsync();

        using var answer = await api.Http.GetAsync(new Uri($"/api/events?{query}", UriKind.Relative));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.StartsWith(detail, JsonElement.Parse(await answer.Content.ReadAsStringAsync()).GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_BehindTheRingWhileTheLogIsAway_Is503()
    {
        await using var api = await ApiHost.StartAsync(null, ("Monitoring:RingEvents", "16"));
        var positions = api.Log.Append(100);
        await api.FoldsAsync(positions[^1]);
        api.Log.IsAway = true;

        using var answer = await api.Http.GetAsync(new Uri($"/api/events?cursor={positions[0]}", UriKind.Relative));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
    }

    private static IEnumerable<string> Cursors(JsonElement page) =>
        page.GetProperty("events").EnumerateArray().Select(e => e.GetProperty("cursor").GetString()!);
}
