using Nexus.Monitoring.Contracts.State;

namespace Nexus.Monitoring.Contracts.Tests.State;

public sealed class ErrorFingerprintTests
{
    [Theory]
    [InlineData("HTTP 429 from provider, retry in 2.5 s", "HTTP 429 from provider, retry in ‹n› s")]
    [InlineData("status code: 503 after 30 tries", "status code: 503 after ‹n› tries")]
    [InlineData("ended with exit code 137", "ended with exit code 137")]
    [InlineData("error code 123456, barcode12", "error code ‹n›, barcode12")]
    [InlineData("Context too long: 131,072 tokens, limit 128000.", "Context too long: ‹n› tokens, limit ‹n›.")]
    [InlineData("Schema mismatch: $.entities[3].role is required", "Schema mismatch: $.entities[‹n›].role is required")]
    [InlineData("task 7f3a2c9e of 01a20849-cd38-7600-97eb-972fbb50d7da", "task ‹id› of ‹id›")]
    [InlineData("the feedback facade is defaced", "the feedback facade is defaced")]
    [InlineData("  first line\nat Foo.cs:12", "first line")]
    [InlineData("", "")]
    public void Title_NumbersAndIds_AreReplaced(string error, string expected) => Assert.Equal(expected, ErrorFingerprint.Title(error));

    [Fact]
    public void Parts_NumbersAndIds_AreSetApart() => Assert.Equal(
        [("HTTP 429 for ", false), ("7f3a2c9e", true), (", retry in ", false), ("2.5", true), (" s", false)],
        ErrorFingerprint.Parts("HTTP 429 for 7f3a2c9e, retry in 2.5 s"));

    [Fact]
    public void Title_VeryLong_IsCut() => Assert.Equal(ErrorFingerprint.MaxLength, ErrorFingerprint.Title(new string('x', 5000)).Length);

    [Fact]
    public void Of_SameTitle_IsTheSame()
    {
        Assert.Equal("af63bd4c8601b7df", ErrorFingerprint.Of("\0"));
        Assert.NotEqual(ErrorFingerprint.Of("a"), ErrorFingerprint.Of("b"));
    }
}
