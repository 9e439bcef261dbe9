using System.Text;
using Nexus.Fanout.Publishing;

namespace Nexus.Fanout.Tests.Publishing;

public sealed class RepliesTests
{
    [Fact]
    public void Redis_RepliesCutAnywhere_GivePositionsInOrder()
    {
        var bytes = "$15\r\n1795435391750-3\r\n$16\r\n1795435391750-10\r\n:2\r\n"u8.ToArray();
        for (var cut = 0; cut <= bytes.Length; cut++)
        {
            var replies = new RespReplies(keepPositions: true);
            replies.Expect(1);
            replies.Expect(2);
            replies.Read(bytes.AsSpan(0, cut));
            replies.Read(bytes.AsSpan(cut));

            Assert.Equal(
                ["1795435391750-192", "1795435391750-640", "1795435391750-641", null], new[] { 0, 1, 2, 3 }.Select(replies.Position));
        }
    }

    [Theory]
    [InlineData("-ERR wrong\r\n", "ERR wrong")]
    [InlineData(":1\r\n-OOM command not allowed\r\n", "OOM command not allowed")]
    public void Redis_Error_EndsTheRun(string text, string told) =>
        Assert.Contains(told, Refusal(new RespReplies(keepPositions: false), text), StringComparison.Ordinal);

    [Fact]
    public void Http_BadStatus_EndsTheRun() =>
        Assert.Equal("POST /publish was answered 404 Not Found.", Refusal(new HttpReplies("/publish"), "HTTP/1.1 404 Not Found\r\n\r\n"));

    [Fact]
    public void Http_GoodStatusAfterABodyWithoutLineEnd_IsFine() =>
        new HttpReplies("/publish").Read("HTTP/1.1 202 Accepted\r\nContent-Length: 6\r\n\r\nqueuedHTTP/1.1 201 Created\r\n\r\n"u8);

    [Fact]
    public void Nats_Error_EndsTheRun() =>
        Assert.Contains("'Invalid Subject'", Refusal(new NatsReplies(), "INFO {}\r\n-ERR 'Invalid Subject'\r\n"), StringComparison.Ordinal);

    private static string Refusal(IReplyReader replies, string text) =>
        Assert.Throws<FanoutException>(() => replies.Read(Encoding.ASCII.GetBytes(text))).Message;
}
