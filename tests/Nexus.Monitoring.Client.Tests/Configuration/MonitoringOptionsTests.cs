using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Nexus.Monitoring.Client.Publishing;

namespace Nexus.Monitoring.Client.Tests.Configuration;

public sealed class MonitoringOptionsTests
{
    private static readonly Dictionary<string, string?> Redis = new() { ["REDIS_URL"] = "redis://127.0.0.1:1" };

    [Fact]
    public async Task Options_NothingConfigured_AreTheDefaults()
    {
        var options = await ReadAsync([]);

        Assert.True(options.Enabled);
        Assert.Equal(TimeSpan.FromSeconds(10), options.HeartbeatInterval);
        Assert.Equal(TimeSpan.FromSeconds(30), options.HeartbeatTtl);
        Assert.Equal((10_240, 3, TimeSpan.FromSeconds(1)), (options.MaxEventSizeBytes, options.RetryAttempts, options.RetryDelay));
    }

    [Fact]
    public async Task Options_Variables_AreUsed()
    {
        var options = await ReadAsync(new()
        {
            ["MONITORING_ENABLED"] = "0",
            ["MONITORING_HEARTBEAT_INTERVAL_SEC"] = "5",
            ["MONITORING_HEARTBEAT_TTL_SEC"] = "15",
            ["MONITORING_MAX_EVENT_SIZE_BYTES"] = "2048",
            ["MONITORING_RETRY_ATTEMPTS"] = "7",
            ["MONITORING_RETRY_DELAY_SEC"] = "0.5",
        });

        Assert.False(options.Enabled);
        Assert.Equal((TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(15)), (options.HeartbeatInterval, options.HeartbeatTtl));
        Assert.Equal((2_048, 7, TimeSpan.FromSeconds(0.5)), (options.MaxEventSizeBytes, options.RetryAttempts, options.RetryDelay));
    }

    [Fact]
    public async Task Options_SectionAndVariable_SectionWins()
    {
        var options = await ReadAsync(new()
        {
            ["MONITORING_RETRY_ATTEMPTS"] = "7",
            ["Monitoring:RetryAttempts"] = "9",
            ["Monitoring:HeartbeatTtl"] = "00:01:00",
            ["Monitoring:PublishChannels"] = "false",
        });

        Assert.Equal((9, TimeSpan.FromMinutes(1), false), (options.RetryAttempts, options.HeartbeatTtl, options.PublishChannels));
    }

    [Theory]
    [InlineData("MONITORING_ENABLED", "maybe", "true or false is allowed")]
    [InlineData("MONITORING_RETRY_ATTEMPTS", "-1", "a whole number from 0 to 100 is allowed")]
    [InlineData("MONITORING_RETRY_ATTEMPTS", "many", "a whole number from 0 to 100 is allowed")]
    [InlineData("Monitoring:RetryDelay", "0", "a time from 0.01 to 300 seconds is allowed, in seconds or as hh:mm:ss")]
    [InlineData("Monitoring:RetryDelay", "NaN", "a time from 0.01 to 300 seconds is allowed, in seconds or as hh:mm:ss")]
    [InlineData("Monitoring:MaxEventSizeBytes", "100", "a whole number from 512 to 1048576 is allowed")]
    [InlineData("Monitoring:BufferCapacity", "99999999999", "a whole number from 16 to 10000000 is allowed")]
    public async Task Start_BadValue_FailsWithASentenceThatNamesTheKey(string key, string value, string allowed)
    {
        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => ReadAsync(new() { [key] = value }));

        Assert.Equal([$"{key} is '{value}'; {allowed}."], failure.Failures);
    }

    [Fact]
    public async Task Start_SeveralBadValues_NamesThemAll()
    {
        var failure = await Assert.ThrowsAsync<OptionsValidationException>(
            () => ReadAsync(new() { ["MONITORING_ENABLED"] = "x", ["Monitoring:LogMaxLength"] = "x" }));

        Assert.Equal(2, failure.Failures.Count());
    }

    [Fact]
    public async Task Start_HeartbeatLivesNoLongerThanItsInterval_Fails()
    {
        var failure = await Assert.ThrowsAsync<OptionsValidationException>(
            () => ReadAsync(new() { ["MONITORING_HEARTBEAT_TTL_SEC"] = "10" }));

        Assert.Equal(
            "Monitoring:HeartbeatTtl is '00:00:10'; more than Monitoring:HeartbeatInterval (00:00:10) is allowed.", Assert.Single(failure.Failures));
    }

    [Fact]
    public async Task Start_NothingSaysWhereRedisIs_FailsWithASentenceThatHelps()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(async () => await MonitoringHost.StartAsync([]));

        Assert.Contains("set ConnectionStrings:redis or REDIS_URL", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Disabled_NoRedisAnywhere_RunsAndOpensNoConnection()
    {
        await using var host = await MonitoringHost.StartAsync(new() { ["MONITORING_ENABLED"] = "false" });
        host.Publisher.Publish(host.Publisher.NewEvent("custom"));

        Assert.False(host.Publisher.IsEnabled);
        Assert.Equal(1, host.Publisher.Statistics.Dropped[DropReasons.Disabled]);
    }

    private static async Task<MonitoringOptions> ReadAsync(Dictionary<string, string?> configuration)
    {
        await using var host = await MonitoringHost.StartAsync(new(Redis.Concat(configuration)));
        return host.Services.GetRequiredService<IOptions<MonitoringOptions>>().Value;
    }
}
