using System.Text;

namespace Nexus.Fanout.Tests.Clients;

public sealed class MarkScannerTests
{
    [Theory]
    [InlineData("")]
    [InlineData("\r\n$5\r\n#@#@#@#\r\n")]
    [InlineData("#")]
    public void Scan_ReadCutAnywhere_CountsEachEventOnce(string between)
    {
        for (var cut = 0; cut <= 3 * ScannedClient.EventSize; cut++)
        {
            using var client = new ScannedClient(isFramed: false);
            byte[] bytes = [.. Enumerable.Range(0, 3).SelectMany(number => client.Event(number).Concat(Encoding.ASCII.GetBytes(between)))];

            client.Reads(bytes, cut);

            Assert.Equal((3, 0, 0), (client.Tracker.Delivered, client.Lost(3), client.Tracker.Duplicates));
        }
    }

    [Fact]
    public void Scan_OneByteAtATime_CountsEachEventOnce()
    {
        using var client = new ScannedClient(isFramed: false);
        byte[] bytes = [.. client.Event(0), .. client.Event(1)];

        client.Reads(bytes, [.. Enumerable.Range(1, bytes.Length - 1)]);

        Assert.Equal((2, 0), (client.Tracker.Delivered, client.Lost(2)));
    }

    [Fact]
    public void Scan_EventsAtChangingDistances_FindsTheLostAndTheSecond()
    {
        using var client = new ScannedClient(isFramed: false);
        var text = "0 2 11 3 52".Select(c => c == ' ' ? [(byte)',', (byte)','] : client.Event(c - '0'));

        client.Reads([.. text.SelectMany(bytes => bytes)]);

        Assert.Equal((1, 2, 1), (client.Lost(6), client.Tracker.Duplicates, client.Tracker.Late));
    }

    [Fact]
    public void Scan_EventOfAnotherRun_IsNotCounted()
    {
        using var client = new ScannedClient(isFramed: false);
        using var earlier = new ScannedClient(isFramed: false);

        client.Reads([.. earlier.Event(7), .. client.Event(0)]);

        Assert.Equal((1, 0), (client.Tracker.Delivered, client.Lost(1)));
    }

    [Fact]
    public void Scan_Event_RecordsTimeSinceItWasSent()
    {
        using var client = new ScannedClient(isFramed: false);

        client.Reads(client.Event(0));

        Assert.Equal((1, 1000), (client.Latencies.Count, client.Latencies.Max));
    }
}
