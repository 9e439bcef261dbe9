using Nexus.Monitoring.Contracts.State;

namespace Nexus.Monitoring.Contracts.Tests.State;

public sealed class ErrorFingerprintTests
{
    [Theory]
    [InlineData("HTTP 429 from provider, retry in 2.5 s", "HTTP 429 from provider, retry in ‹n› s")]
    [InlineData("Context too long: 131,072 tokens, limit 128000.", "Context too long: ‹n› tokens, limit ‹n›.")]
    [InlineData("Schema mismatch: $.entities[3].role is required", "Schema mismatch: $.entities[‹n›].role is required")]
    [InlineData("task 7f3a2c9e of 01a20849-cd38-7600-97eb-972fbb50d7da", "task ‹id› of ‹id›")]
    [InlineData("the feedback facade is defaced", "the feedback facade is defaced")]
    [InlineData("  first line\nat Foo.cs:12", "first line")]
    [InlineData("", "")]
    public void Title_NumbersAndIds_AreReplaced(string error, string expected) => Assert.Equal(expected, ErrorFingerprint.Title(error));

    [Fact]
    public void Title_VeryLong_IsCut() => Assert.Equal(ErrorFingerprint.MaxLength, ErrorFingerprint.Title(new string('x', 5000)).Length);

    [Fact]
    public void Of_SameTitle_IsTheSame()
    {
        Assert.Equal("af63bd4c8601b7df", ErrorFingerprint.Of("\0"));
        Assert.NotEqual(ErrorFingerprint.Of("a"), ErrorFingerprint.Of("b"));
    }

    [Theory]
    [InlineData("HTTP 503 from host 12", "HTTP 503 from host ‹n›")]
    [InlineData("HTTP/1.1 404 Not Found", "HTTP/‹n› 404 Not Found")]
    [InlineData("Response status code: 429 after 3 attempts", "Response status code: 429 after ‹n› attempts")]
    [InlineData("status=500, took 500 ms", "status=500, took ‹n› ms")]
    [InlineData("HTTP 999 or HTTP 5031", "HTTP ‹n› or HTTP ‹n›")]
    public void Title_StatusCodeOfAnHttpAnswer_Stays(string error, string title) => Assert.Equal(title, ErrorFingerprint.Title(error));
}
