using System.Buffers.Binary;

namespace Nexus.Fanout.Tests.Clients;

public sealed class FrameReaderTests
{
    private const byte Text = 0x81;
    private const byte FirstPart = 0x01;
    private const byte LastPart = 0x80;
    private const byte Close = 0x88;
    private const byte Ping = 0x89;

    [Fact]
    public void Read_MessageContinuedAnywhere_CountsEachEventOnce()
    {
        for (var split = 0; split <= ScannedClient.EventSize; split++)
        {
            using var client = new ScannedClient(isFramed: true);
            var first = client.Event(0);

            client.Reads([.. Frame(FirstPart, first[..split]), .. Frame(LastPart, first[split..]), .. Frame(Text, client.Event(1))]);

            Assert.Equal((2, 0, 0), (client.Tracker.Delivered, client.Lost(2), client.Tracker.Duplicates));
        }
    }

    [Theory]
    [InlineData(60)]
    [InlineData(200)]
    [InlineData(70_000)]
    public void Read_ReadCutAnywhere_CountsEachEventOnce(int padding)
    {
        using var whole = new ScannedClient(isFramed: true);
        var length = Stream(whole, padding).Length;
        for (var cut = 0; cut <= length; cut += cut is > 1500 && cut < length - 1500 ? 997 : 1)
        {
            using var client = new ScannedClient(isFramed: true);

            client.Reads(Stream(client, padding), cut);

            Assert.Equal((3, 0, 0), (client.Tracker.Delivered, client.Lost(3), client.Tracker.Duplicates));
        }
    }

    [Fact]
    public void Read_OneByteAtATime_CountsEachEventOnce()
    {
        using var client = new ScannedClient(isFramed: true);
        var bytes = Stream(client, 70_000);

        client.Reads(bytes, [.. Enumerable.Range(1, bytes.Length - 1)]);

        Assert.Equal((3, 0), (client.Tracker.Delivered, client.Lost(3)));
    }

    [Fact]
    public void Read_PingBetweenEvents_IsAnsweredWithItsPayload()
    {
        using var client = new ScannedClient(isFramed: true);

        var pong = client.Reads([.. Frame(Text, client.Event(0)), .. Frame(Ping, "abc"u8.ToArray()), .. Frame(Text, client.Event(1))]);

        Assert.Equal([0x8A, 0x83, 0, 0, 0, 0, (byte)'a', (byte)'b', (byte)'c'], pong);
        Assert.Equal(0, client.Lost(2));
    }

    [Fact]
    public void Read_CloseFrame_KeepsItsStatus()
    {
        using var client = new ScannedClient(isFramed: true);

        client.Reads(Frame(Close, [0x0F, 0xA1]));

        Assert.Equal(4001, client.CloseStatus);
    }

    /// <summary>Three events: one in two frames cut inside the mark's digits, two after so much padding that the header has its length.</summary>
    private static byte[] Stream(ScannedClient client, int padding)
    {
        var first = client.Event(0);
        var split = first.AsSpan().IndexOf("#@"u8) + 13;
        return
        [
            .. Frame(FirstPart, first[..split]),
            .. Frame(LastPart, first[split..]),
            .. Frame(Text, [.. Enumerable.Repeat((byte)'y', padding), .. client.Event(1)]),
            .. Frame(Text, client.Event(2)),
        ];
    }

    private static byte[] Frame(byte code, byte[] payload)
    {
        byte[] length = payload.Length switch
        {
            < 126 => [(byte)payload.Length],
            <= ushort.MaxValue => [126, .. BitConverter.GetBytes(BinaryPrimitives.ReverseEndianness((ushort)payload.Length))],
            _ => [127, .. BitConverter.GetBytes(BinaryPrimitives.ReverseEndianness((long)payload.Length))],
        };
        return [code, .. length, .. payload];
    }

}
