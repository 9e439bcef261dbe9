using Nexus.AppHost.Redis;

namespace Nexus.AppHost.Tests.Redis;

public sealed class RedisUrlTests
{
    [Theory]
    [InlineData("redis://host", "host:6379")]
    [InlineData("redis://host:7000/", "host:7000")]
    [InlineData("redis://host:7000/2", "host:7000,defaultDatabase=2")]
    [InlineData("redis://:secret@host", "host:6379,password=secret")]
    [InlineData("redis://me:s%40cret@host", "host:6379,user=me,password=s@cret")]
    [InlineData("rediss://host:6380", "host:6380,ssl=true")]
    [InlineData("redis://[::1]:6379", "[::1]:6379")]
    [InlineData("host:6379,password=x", "host:6379,password=x")]
    public void ToConnectionString_Url_IsSaidInTheClientsWords(string url, string expected) =>
        Assert.Equal(expected, RedisUrl.ToConnectionString(url));

    [Theory]
    [InlineData("http://host")]
    [InlineData("redis://")]
    [InlineData("redis://:secret@host/name")]
    [InlineData("redis://host:99999")]
    public void ToConnectionString_NotAnAddress_SaysTheFormWithoutThePassword(string url)
    {
        var problem = Assert.Throws<DistributedApplicationException>(() => RedisUrl.ToConnectionString(url));

        Assert.StartsWith("REDIS_URL is not an address of a Redis server; it must read redis://", problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", problem.Message, StringComparison.Ordinal);
    }
}
