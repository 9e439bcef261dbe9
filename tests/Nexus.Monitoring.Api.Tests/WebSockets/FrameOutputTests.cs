using Nexus.Monitoring.Api.WebSockets;

namespace Nexus.Monitoring.Api.Tests.WebSockets;

public sealed class FrameOutputTests
{
    [Fact]
    public async Task Send_AfterACloseFrame_SendsNothing()
    {
        using var wire = new MemoryStream();
        var output = new FrameOutput(wire, null);
        var protocol = new FrameStream(wire, output);

        await output.SendAsync(new byte[] { 0x81, 1, (byte)'a' });
        await protocol.WriteAsync(new byte[] { 0x8A, 0 }, TestContext.Current.CancellationToken);
        await protocol.WriteAsync(new byte[] { 0x88, 2, 3, 232 }, TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<IOException>(() => output.SendAsync(new byte[] { 0x81, 1, (byte)'b' }).AsTask());
        await Assert.ThrowsAsync<IOException>(() => protocol.WriteAsync(new byte[] { 0x8A, 0 }).AsTask());
        Assert.Equal(new byte[] { 0x81, 1, (byte)'a', 0x8A, 0, 0x88, 2, 3, 232 }, wire.ToArray());
    }
}
