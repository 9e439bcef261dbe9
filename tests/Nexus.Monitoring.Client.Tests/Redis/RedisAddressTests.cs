using Microsoft.Extensions.Configuration;
using Nexus.Monitoring.Client.Redis;

namespace Nexus.Monitoring.Client.Tests.Redis;

public sealed class RedisAddressTests
{
    [Theory]
    [InlineData("redis://localhost", "localhost:6379", null, null, null, false)]
    [InlineData("redis://example:6380/2", "example:6380", null, null, 2, false)]
    [InlineData("redis://me:p%40ss@example:6380", "example:6380", "me", "p@ss", null, false)]
    [InlineData("redis://:secret@example", "example:6379", null, "secret", null, false)]
    [InlineData("rediss://example:6390/0", "example:6390", null, null, 0, true)]
    [InlineData("example:6381,password=x", "example:6381", null, "x", null, false)]
    public void Parse_Address_IsUnderstood(string address, string endpoint, string? user, string? password, int? database, bool ssl)
    {
        var options = RedisAddress.Parse("REDIS_URL", address);

        Assert.Equal(endpoint, StackExchange.Redis.EndPointCollection.ToString(Assert.Single(options.EndPoints)));
        Assert.Equal((user, password, database, ssl), (options.User, options.Password, options.DefaultDatabase, options.Ssl));
        Assert.False(options.AbortOnConnectFail);
    }

    [Theory]
    [InlineData("http://secret@localhost")]
    [InlineData("redis://localhost/secret")]
    [InlineData("redis://secret@")]
    [InlineData("localhost,secret=1")]
    [InlineData(",")]
    public void Parse_NotAnAddress_SaysWhatIsAllowedAndKeepsSecrets(string address)
    {
        var failure = Assert.Throws<FormatException>(() => RedisAddress.Parse("REDIS_URL", address));

        Assert.StartsWith("REDIS_URL is not an address of Redis; redis://", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_ConnectionStringAndVariable_ConnectionStringWins()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:redis"] = "one:1",
            ["REDIS_URL"] = "redis://two:2",
        }).Build();

        Assert.Equal("one:1", Endpoint(configuration, "redis"));
        Assert.Equal("two:2", Endpoint(configuration, "other"));
    }

    private static string Endpoint(IConfiguration configuration, string name) =>
        StackExchange.Redis.EndPointCollection.ToString(RedisAddress.Find(configuration, name).EndPoints[0]);
}
