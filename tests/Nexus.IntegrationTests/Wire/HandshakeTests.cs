using System.Text;
using Nexus.IntegrationTests.Fixtures;

namespace Nexus.IntegrationTests.Wire;

/// <summary>The opening handshake, byte by byte.</summary>
/// <seealso href="https://www.rfc-editor.org/rfc/rfc6455#section-4.2"/>
public sealed class HandshakeTests(SharedStack shared)
{
    /// <summary>What is changed in a good request, and the answers that are right.</summary>
    public static TheoryData<string, string, string, int[]> Bad => new()
    {
        { "no key", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n", "", [400] },
        { "key of 15 bytes", "dGhlIHNhbXBsZSBub25jZQ==", "dGhlIHNhbXBsZSBub25j", [400] },
        { "key that is not base64", "dGhlIHNhbXBsZSBub25jZQ==", "&&&&&&&&&&&&&&&&&&&&&&==", [400] },
        { "HTTP/1.0", "HTTP/1.1", "HTTP/1.0", [400] },
        { "no version", "Sec-WebSocket-Version: 13\r\n", "", [400, 426] },
        { "version 8", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Version: 8", [400, 426] },
        { "version 14", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Version: 14", [400, 426] },
        { "no upgrade", "Upgrade: websocket\r\n", "", [400, 426] },
        { "upgrade to something else", "Upgrade: websocket", "Upgrade: h2c", [400, 426] },
        { "no connection header", "Connection: Upgrade\r\n", "", [400, 426] },
        { "POST", "GET ", "POST ", [400, 405] },
        { "no host", "Host: 127.0.0.1\r\n", "", [400] },
        { "not HTTP", "GET ", "\u0016\u0003\u0001 ", [400] },
        { "a long address", "project_id=nobody", "project_id=" + new string('x', 10_000), [414] },
        { "100 000 project ids", "project_id=nobody", "project_id=" + string.Join("&project_id=", Enumerable.Range(0, 100_000)), [414] },
        { "a header of 100 KB", "Host: ", "X-Flood: " + new string('x', 100_000) + "\r\nHost: ", [431] },
        { "10 000 headers", "Host: ", string.Concat(Enumerable.Range(0, 10_000).Select(i => $"X-{i}: 1\r\n")) + "Host: ", [431] },
        { "an unknown format", "format=batch", "format=xml", [400] },
        { "an unknown value of stats_only", "format=batch", "format=batch&stats_only=perhaps", [400] },
        { "10 000 types of event", "format=batch", "format=batch&types=" + string.Join(',', Enumerable.Range(0, 1_200)), [400] },
    };

    [Fact]
    public async Task Upgrade_ByTheBook_ProvesThatTheKeyWasRead()
    {
        Assert.SkipUnless(shared.Stack is not null, RedisServerProcess.WhyMissing);
        using var raw = await RawConnection.OpenAsync(shared.First.Port);

        await raw.SendAsync(Encoding.ASCII.GetBytes(RawConnection.Handshake));
        var head = await raw.ReadHeadAsync();

        Assert.StartsWith("HTTP/1.1 101 ", head, StringComparison.Ordinal);
        Assert.Contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", head, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Upgrade: websocket", head, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n", "", "Sec-WebSocket-Key is ''; 16 bytes in base64 are allowed.")]
    [InlineData("dGhlIHNhbXBsZSBub25jZQ==", "c2hvcnQ=", "Sec-WebSocket-Key is 'c2hvcnQ='; 16 bytes in base64 are allowed.")]
    [InlineData("HTTP/1.1", "HTTP/1.0", "The protocol is 'HTTP/1.0'; HTTP/1.1 or later is allowed for a WebSocket.")]
    public async Task Upgrade_KeyOrProtocolIsWrong_IsRefusedWithASentence(string good, string bad, string sentence)
    {
        Assert.SkipUnless(shared.Stack is not null, RedisServerProcess.WhyMissing);
        using var raw = await RawConnection.OpenAsync(shared.First.Port);

        await raw.SendAsync(Encoding.ASCII.GetBytes(RawConnection.Handshake.Replace(good, bad, StringComparison.Ordinal)));

        Assert.StartsWith("HTTP/1.1 400 ", await raw.ReadHeadAsync(), StringComparison.Ordinal);
        Assert.Contains(sentence, (await raw.ReadObjectAsync()).Replace("\\u0027", "'", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task Upgrade_BadRequest_IsRefused(string name, string good, string bad, int[] answers)
    {
        Assert.SkipUnless(shared.Stack is not null, RedisServerProcess.WhyMissing);
        using var raw = await RawConnection.OpenAsync(shared.First.Port);

        await raw.SendAsync(Encoding.ASCII.GetBytes(RawConnection.Handshake.Replace(good, bad, StringComparison.Ordinal)));
        var head = await raw.ReadHeadAsync();

        Assert.True(head.Length > 0, $"{name}: the connection ended without an answer.");
        Assert.Contains(int.Parse(head.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture), answers);
    }
}
