using StackExchange.Redis;

namespace Nexus.Redis.Tests.Conformance;

public abstract partial class RedisConformance
{
    [Fact]
    public async Task Publish_ManyMessages_EachSubscriberGetsAllInOrder()
    {
        var channel = RedisChannel.Literal(Key("channel"));
        var subscriber = server.Connection.GetSubscriber();
        var first = await subscriber.SubscribeAsync(channel);
        await using var other = await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{server.Port}");
        var second = await other.GetSubscriber().SubscribeAsync(channel);

        await Task.WhenAll(Enumerable.Range(0, 1000).Select(number => subscriber.PublishAsync(channel, number)));

        foreach (var queue in new[] { first, second })
        {
            for (var number = 0; number < 1000; number++)
            {
                Assert.Equal(number, (int)(await ReceiveAsync(queue)).Message);
            }
        }
    }

    [Fact]
    public async Task Publish_ToAPattern_ReachesItsSubscribersOnly()
    {
        var subscriber = server.Connection.GetSubscriber();
        var matching = await subscriber.SubscribeAsync(RedisChannel.Pattern(Key("project:*")));

        await subscriber.PublishAsync(RedisChannel.Literal(Key("stats")), "no");
        await subscriber.PublishAsync(RedisChannel.Literal(Key("project:7")), "yes");

        var message = await ReceiveAsync(matching);
        Assert.Equal("yes", message.Message);
        Assert.Equal(Key("project:7"), (string)message.Channel!);
    }

    [Fact]
    public async Task Publish_NobodyListens_AnswersZero()
    {
        await using var raw = await OpenAsync();

        Assert.Equal(":0\r\n", await raw.CallAsync("PUBLISH", Key("channel"), "message"));
    }

    [Fact]
    public async Task Unsubscribe_ThenPublish_NothingArrives()
    {
        await using var listener = await OpenAsync();
        await using var sender = await OpenAsync();
        var channel = Key("channel");

        Assert.Equal($"*3\r\n$9\r\nsubscribe\r\n${channel.Length}\r\n{channel}\r\n:1\r\n", await listener.CallAsync("SUBSCRIBE", channel));
        Assert.Equal(":1\r\n", await sender.CallAsync("PUBLISH", channel, "one"));
        Assert.Equal($"*3\r\n$7\r\nmessage\r\n${channel.Length}\r\n{channel}\r\n$3\r\none\r\n", await listener.ReadReplyAsync());
        await listener.CallAsync("UNSUBSCRIBE", channel);

        Assert.Equal(":0\r\n", await sender.CallAsync("PUBLISH", channel, "two"));
        Assert.Equal("+PONG\r\n", await listener.CallAsync("PING"));
    }

    private static async Task<ChannelMessage> ReceiveAsync(ChannelMessageQueue queue)
    {
        using var deadline = new CancellationTokenSource(Eventually.DefaultDeadline);
        return await queue.ReadAsync(deadline.Token);
    }
}
