using System.Text.Json;
using StackExchange.Redis;

namespace Nexus.AppHost.Tests;

public sealed class DashboardTests
{
    private const string Log = "nexus:events:log";

    [Fact]
    public async Task Start_WithDashboard_ShowsTheSpanThatAnEventNames()
    {
        await using var stack = await NexusStack.StartWithDashboardAsync();
        Assert.SkipUnless(stack.HasDashboard, "The aspire command is not installed. Install it with: npm install -g @microsoft/aspire-cli-linux-x64");
        await stack.AllAreHealthyAsync();
        await stack.IsHealthyAsync(NexusStack.Dashboard);
        await using var redis = await ConnectionMultiplexer.ConnectAsync((await stack.Application.GetConnectionStringAsync("redis"))!);

        var (trace, span) = await CompletedTaskAsync(redis.GetDatabase());

        await Eventually.IsTrueAsync(
            async () => (await TraceAsync(stack, trace)).Contains($"\"{span}\"", StringComparison.Ordinal),
            $"the dashboard shows span {span} in trace {trace}");
    }

    private static async Task<(string Trace, string Span)> CompletedTaskAsync(IDatabase redis)
    {
        JsonElement completed = default;
        await Eventually.IsTrueAsync(
            async () =>
            {
                var events = (await redis.StreamRangeAsync(Log))
                    .SelectMany(entry => (entry["e"].IsNull ? entry["es"] : entry["e"]).ToString().Split('\n'))
                    .Select(json => JsonElement.Parse(json));
                completed = events.FirstOrDefault(happened => happened.GetProperty("event_type").GetString() == "task_completed");
                return completed.ValueKind != JsonValueKind.Undefined;
            },
            "a task is completed");
        return (completed.GetProperty("trace_id").GetString()!, completed.GetProperty("span_id").GetString()!);
    }

    private static async Task<string> TraceAsync(NexusStack stack, string trace)
    {
        using var client = stack.Application.CreateHttpClient(NexusStack.Dashboard, "http");
        using var answer = await client.GetAsync(new Uri($"/api/telemetry/traces/{trace}", UriKind.Relative));
        return answer.IsSuccessStatusCode ? await answer.Content.ReadAsStringAsync() : "";
    }
}
