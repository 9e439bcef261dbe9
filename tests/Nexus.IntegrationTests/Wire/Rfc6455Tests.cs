using Nexus.IntegrationTests.Fixtures;
using Nexus.IntegrationTests.Transports;
using Nexus.Monitoring.Contracts.Events;

namespace Nexus.IntegrationTests.Wire;

/// <summary>What the WebSocket endpoint makes of any bytes; nothing of it may be noticed by a client beside.</summary>
public sealed class Rfc6455Tests(SharedStack shared)
{
    private readonly string _project = shared.NewProject();

    public static TheoryData<string> Cases => [.. WireCases.All.Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Send_AnyBytes_IsAnsweredByTheBook(string name)
    {
        Assert.SkipUnless(shared.Stack is not null, RedisServerProcess.WhyMissing);
        var one = WireCases.All.Single(known => known.Name == name);
        await using var bystander = new Subscriber(StreamTransports.WebSocketBatch, _project);
        await bystander.OpenAsync(shared.First);
        using var raw = await RawConnection.UpgradeAsync(shared.First.Port);

        foreach (var piece in one.Sent)
        {
            await raw.SendAsync(piece);
        }

        if (one.MayGoOn || one.MayBeCut)
        {
            await raw.SendAsync(RawFrame.Of(RawFrame.Ping, "the end"u8.ToArray()));
        }

        var (isOpen, pongs, close) = await ReadAsync(raw);
        if (close is null)
        {
            Assert.True(isOpen ? one.MayGoOn : one.MayBeCut, isOpen ? "The stream goes on." : "The connection ended without a close frame.");
            if (isOpen)
            {
                Assert.Equal([.. one.Pongs, "the end"u8.ToArray()], pongs);
            }
        }
        else
        {
            Assert.Contains(close.CloseCode ?? -1, one.Closes);
        }

        shared.Stack.Producer.Publish(EventTypes.TaskStarted, 1, _project);
        await bystander.ReceivesAsync(1);
        await shared.Stack.ProveAsync(bystander);
        Assert.Equal(1, bystander.Connections);
    }

    [Fact]
    public async Task HalfClose_WithoutACloseFrame_EndsTheConnection()
    {
        Assert.SkipUnless(shared.Stack is not null, RedisServerProcess.WhyMissing);
        using var raw = await RawConnection.UpgradeAsync(shared.First.Port);
        await raw.SendAsync(RawFrame.OfText("pi", fin: false));

        raw.EndSending();

        while (await raw.ReadFrameAsync() is not null)
        {
        }
    }

    /// <summary>Up to the last pong or the close frame; the close frame must be the last that comes.</summary>
    private static async Task<(bool IsOpen, List<byte[]> Pongs, RawFrame? Close)> ReadAsync(RawConnection raw)
    {
        List<byte[]> pongs = [];
        while (await raw.ReadFrameAsync() is { } frame)
        {
            if (frame.Opcode == RawFrame.Close)
            {
                // A server may wait for ours before it ends the connection.
                await raw.SendAsync(RawFrame.OfClose(1000));
                Assert.Null(await raw.ReadFrameAsync());
                return (false, pongs, frame);
            }

            if (frame.Opcode == RawFrame.Pong)
            {
                pongs.Add(frame.Payload);
                if (frame.Payload.AsSpan().SequenceEqual("the end"u8))
                {
                    return (true, pongs, null);
                }
            }
            else
            {
                Assert.Equal(RawFrame.Text, frame.Opcode);
            }
        }

        return (false, pongs, null);
    }
}
