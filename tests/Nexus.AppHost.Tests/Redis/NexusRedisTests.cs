namespace Nexus.AppHost.Tests.Redis;

public sealed class NexusRedisTests
{
    [Fact]
    public async Task Compose_Embedded_AddsTheServerAndItsConnectionString()
    {
        await using var builder = await NexusStack.ComposeAsync("--Nexus:Redis:Use=embedded", "--ConnectionStrings:redis=elsewhere:6379");

        Assert.Contains("redis-server", Names(builder));
        Assert.IsType<ConnectionStringResource>(Redis(builder));
    }

    [Theory]
    [InlineData("--ConnectionStrings:redis=elsewhere:6379")]
    [InlineData("--REDIS_URL=redis://elsewhere")]
    public async Task Compose_Given_UsesItAndStartsNone(string given)
    {
        await using var builder = await NexusStack.ComposeAsync(given);

        Assert.DoesNotContain("redis-server", Names(builder));
        Assert.Equal("elsewhere:6379", await ((IResourceWithConnectionString)Redis(builder)).GetConnectionStringAsync());
    }

    [Fact]
    public async Task Compose_BothGiven_ConnectionStringWins()
    {
        await using var builder = await NexusStack.ComposeAsync("--ConnectionStrings:redis=one:1", "--REDIS_URL=redis://two:2");

        Assert.Equal("one:1", await ((IResourceWithConnectionString)Redis(builder)).GetConnectionStringAsync());
    }

    [Fact]
    public async Task Compose_Container_AddsRedisAsContainer()
    {
        await using var builder = await NexusStack.ComposeAsync("--Nexus:Redis:Use=container");

        Assert.DoesNotContain("redis-server", Names(builder));
        Assert.IsType<RedisResource>(Redis(builder));
    }

    [Fact]
    public async Task Compose_GivenWithoutAddress_SaysWhatIsMissing()
    {
        var problem = await Assert.ThrowsAsync<DistributedApplicationException>(() => NexusStack.ComposeAsync("--Nexus:Redis:Use=given"));

        Assert.Equal("Nexus:Redis:Use is 'given', but neither ConnectionStrings:redis nor REDIS_URL is set.", problem.Message);
    }

    [Fact]
    public async Task Compose_UnknownChoice_SaysWhatIsAllowed()
    {
        var problem = await Assert.ThrowsAsync<DistributedApplicationException>(() => NexusStack.ComposeAsync("--Nexus:Redis:Use=valkey"));

        Assert.Equal("Nexus:Redis:Use is 'valkey'; it must be 'given', 'container' or 'embedded'.", problem.Message);
    }

    [Fact]
    public async Task Start_Given_ServicesRunOnIt()
    {
        Assert.SkipUnless(RedisServerProcess.IsInstalled, RedisServerProcess.WhyMissing);
        await using var server = await RedisServerProcess.StartAsync();
        await using var stack = await NexusStack.StartAsync($"--ConnectionStrings:redis={server.ConnectionString}");

        await stack.AllAreHealthyAsync();

        Assert.Equal(server.ConnectionString, await stack.Application.GetConnectionStringAsync("redis"));
    }

    private static IEnumerable<string> Names(IDistributedApplicationTestingBuilder builder) =>
        builder.Resources.Select(resource => resource.Name);

    private static IResource Redis(IDistributedApplicationTestingBuilder builder) =>
        builder.Resources.Single(resource => resource.Name == "redis");
}
