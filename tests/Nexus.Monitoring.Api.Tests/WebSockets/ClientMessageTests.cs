using System.Net.WebSockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Api.Tests.Fixtures;

namespace Nexus.Monitoring.Api.Tests.WebSockets;

public sealed class ClientMessageTests
{
    [Theory]
    [InlineData("ping")]
    [InlineData("""{"type":"ping"}""")]
    [InlineData("""{"type":"ping","cursor":"1-1","more":[1]}""")]
    public async Task Ping_IsAnsweredWithAPong(string message)
    {
        await using var api = await ApiHost.StartAsync();
        var position = api.Log.Append(Sample.Event());
        await api.FoldsAsync(position);
        await using var client = await api.ConnectAsync();
        await client.ReceivesSnapshotAsync();

        await client.SendAsync(message);

        Assert.Equal(position.ToString(), (await client.ReceivesAsync("pong")).GetProperty("cursor").GetString());
    }

    [Fact]
    public async Task Filter_Live_HoldsFromTheCursorItIsAnsweredWith()
    {
        await using var api = await ApiHost.StartAsync();
        await using var client = await api.ConnectAsync("?format=batch&project_id=a");
        await client.ReceivesAsync("events");
        var before = api.Log.Append(3, "b");
        await api.FoldsAsync(before[^1]);

        await client.SendAsync("""{"type":"filter","project_id":["b"],"event_types":["task_started"]}""");
        var empty = await client.ReceivesAsync("events");
        var answer = await client.ReceivesAsync("filter");
        var after = api.Log.Append(Sample.Event(projectId: "b"));
        var batch = await client.ReceivesAsync("events");

        Assert.Equal(0, empty.GetProperty("events").GetArrayLength());
        Assert.Equal(before[^1].ToString(), answer.GetProperty("cursor").GetString());
        Assert.Equal("b", answer.GetProperty("project_id")[0].GetString());
        Assert.Equal(before[^1].ToString(), batch.GetProperty("after").GetString());
        Assert.Equal(after.ToString(), batch.GetProperty("events")[0].GetProperty("cursor").GetString());
    }

    [Fact]
    public async Task Filter_Query_HoldsAndIsAnsweredInOneSpelling()
    {
        await using var api = await ApiHost.StartAsync();
        await using var client = await api.ConnectAsync("?q=project:none");
        await client.ReceivesSnapshotAsync();

        await client.SendAsync("""{"type":"filter","q":"project:b AND type:task_started"}""");
        var answer = await client.ReceivesAsync("filter");
        api.Log.Append(2, "a");
        var after = api.Log.Append(Sample.Event(projectId: "b"));

        Assert.Equal("project_id:b AND event_type:task_started", answer.GetProperty("q").GetString());
        Assert.Equal([after], await client.ReceivesEventsAsync(1));
    }

    [Theory]
    [InlineData("""{"type":"filter","project_id":7}""", "project_id is '7'; a string or an array of strings is allowed.")]
    [InlineData("""{"type":"filter","task_id":[1]}""", "task_id is '[1]'; a string or an array of strings is allowed.")]
    [InlineData("""{"type":"filter","stats_only":"yes"}""", "stats_only is '\"yes\"'; true or false is allowed.")]
    [InlineData("""{"type":"filter","q":"type:"}""", "q: Column 6: the query ends here; expected a value")]
    [InlineData("""{"type":"filter","event_types":["a b"]}""", "event_types is 'a b';")]
    public async Task Filter_ThatIsNotValid_IsRefusedAndTheOldOneStays(string message, string problem)
    {
        await using var api = await ApiHost.StartAsync();
        await using var client = await api.ConnectAsync("?project_id=a");
        await client.ReceivesSnapshotAsync();

        await client.SendAsync(message);
        var answer = await client.ReceivesAsync("filter");
        api.Log.Append(Sample.Event(projectId: "b"));
        var position = api.Log.Append(Sample.Event(projectId: "a"));

        Assert.StartsWith(problem, answer.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal([position], await client.ReceivesEventsAsync(1));
    }

    [Theory]
    [InlineData("hello")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"type":5}""")]
    [InlineData("""{"type":"subscribe"}""")]
    [InlineData("")]
    public async Task Message_OfAnotherKind_IsIgnored(string message)
    {
        await using var api = await ApiHost.StartAsync();
        await using var client = await api.ConnectAsync();
        await client.ReceivesSnapshotAsync();

        await client.SendAsync(message);
        await client.SendAsync("ping");

        await client.ReceivesAsync("pong");
    }

    /// <summary>JSON by its grammar, and no text can hold it.</summary>
    [Theory]
    [InlineData("""{"type":"\ud800"}""")]
    [InlineData("""{"type":"filter","project_id":["a","\udc00"]}""")]
    [InlineData("""{"\ud800":1,"type":"ping"}""")]
    [InlineData("""{"type":"seek","at":"\ud800"}""")]
    public async Task Message_HalfOfASurrogatePair_ClosesWith4500(string message)
    {
        await using var api = await ApiHost.StartAsync();
        await using var client = await api.ConnectAsync();
        await client.ReceivesSnapshotAsync();

        await client.SendAsync(message);

        await client.IsClosedAsync(4500);
        Assert.Contains("surrogate", client.CloseReason, StringComparison.Ordinal);
        await Eventually.IsTrueAsync(
            () => !api.Services.GetRequiredService<StreamCapacity>().HasOpen, "the connection is gone");
    }

    [Fact]
    public async Task Message_AtTheLimit_IsRead()
    {
        await using var api = await ApiHost.StartAsync(null, ("Monitoring:MaxClientMessageBytes", "1024"));
        await using var client = await api.ConnectAsync();
        await client.ReceivesSnapshotAsync();

        await client.SendAsync("ping".PadRight(1024));

        await client.ReceivesAsync("pong");
    }

    [Theory]
    [InlineData(1025)]
    [InlineData(1_000_000)]
    public async Task Message_OverTheLimit_ClosesWith1009(int length)
    {
        await using var api = await ApiHost.StartAsync(null, ("Monitoring:MaxClientMessageBytes", "1024"));
        await using var client = await api.ConnectAsync();
        await client.ReceivesSnapshotAsync();

        await client.SendAsync("ping".PadRight(length));

        await client.IsClosedAsync(1009);
        Assert.Contains("1024", client.CloseReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Message_Binary_ClosesWith1003()
    {
        await using var api = await ApiHost.StartAsync();
        await using var client = await api.ConnectAsync();
        await client.ReceivesSnapshotAsync();

        await client.SendAsync([1, 2, 3], WebSocketMessageType.Binary);

        await client.IsClosedAsync(1003);
    }

    [Fact]
    public async Task Message_NotUtf8_EndsTheConnection()
    {
        await using var api = await ApiHost.StartAsync();
        await using var client = await api.ConnectAsync();
        await client.ReceivesSnapshotAsync();

        await client.SendAsync([0xC3, 0x28], WebSocketMessageType.Text);

        // The close frame may be overtaken by the end of the connection.
        var error = await Record.ExceptionAsync(() => client.IsClosedAsync(1007));
        Assert.True(error is null or WebSocketException, error?.ToString());
        await Eventually.IsTrueAsync(
            () => !api.Services.GetRequiredService<StreamCapacity>().HasOpen, "the connection is gone");
    }

    [Fact]
    public async Task PingFlood_IsAnsweredOneByOne_OthersGoOn()
    {
        const int Pings = 2000;
        await using var api = await ApiHost.StartAsync();
        await using var flooder = await api.ConnectAsync("?project_id=none");
        await using var other = await api.ConnectAsync();
        await flooder.ReceivesSnapshotAsync();
        await other.ReceivesSnapshotAsync();
        var flooding = Task.Run(async () =>
        {
            var ping = Encoding.UTF8.GetBytes("ping");
            for (var i = 0; i < Pings; i++)
            {
                await flooder.SendAsync(ping, WebSocketMessageType.Text);
            }
        });

        var positions = api.Log.Append(50);
        Assert.Equal(positions, await other.ReceivesEventsAsync(50));
        for (var i = 0; i < Pings; i++)
        {
            await flooder.ReceivesAsync("pong");
        }

        await flooding;
    }
}
