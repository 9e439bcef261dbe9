using System.Diagnostics;
using System.Globalization;
using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Nexus.Monitoring.Api.History;
using Nexus.Monitoring.Api.History.Reading;
using Nexus.Monitoring.Api.TimeMachine;
using Nexus.Monitoring.Api.TimeMachine.Checkpoints;
using Nexus.Monitoring.Contracts.Json;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Benchmarks.TimeMachine;

/// <summary>
/// <c>time jumps file</c> builds the checkpoints of a history that <c>history write</c> filled and jumps to a hundred random instants of it;
/// <c>time replay ws://node/ws/monitoring from speed seconds</c> measures the pace of a replay of a running node. Printed as Markdown rows.
/// </summary>
internal static class TimeMachineLoad
{
    private const int Jumps = 100;

    public static Task RunAsync(string[] args) => args switch
    {
        ["jumps", var file] => JumpAsync(file),
        ["replay", var address, var from, var speed, var seconds] => ReplayAsync(
            new Uri($"{address}?format=batch&from={from}&speed={speed}"), double.Parse(speed, CultureInfo.InvariantCulture),
            TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture))),
        _ => throw new ArgumentException("time jumps FILE, or time replay ADDRESS FROM SPEED SECONDS"),
    };

    private static async Task JumpAsync(string file)
    {
        var options = Options.Create(new HistoryOptions { Path = file, Threads = 2 });
        var machine = Options.Create(new TimeMachineOptions());
        using var store = new HistoryStore(options);
        var state = new HistoryState();
        var (floor, head) = store.Open().ReadProgress();
        state.Set(floor, head);
        using var history = new DuckDbHistory(store, state, TimeProvider.System, options);
        var pages = new HistoryPages(history);
        // Everything that is asked for lies in the history, so the log is never read.
        var folding = new LogFolding(pages, state, null!);
        var checkpoints = new CheckpointStore(options, machine, NullLogger<CheckpointStore>.Instance);
        using var builder = new CheckpointBuilder(
            checkpoints, folding, pages, state, TimeProvider.System, machine, NullLogger<CheckpointBuilder>.Instance);
        var count = await pages.CountAsync(floor, head, default);
        var began = Stopwatch.GetTimestamp();
        await builder.BuildAsync(default);
        var took = Stopwatch.GetElapsedTime(began);
        if (checkpoints.Count == 0)
        {
            throw new InvalidOperationException("This history is too small for a checkpoint.");
        }

        var bytes = new DirectoryInfo(checkpoints.Folder!).EnumerateFiles().Sum(part => part.Length);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {checkpoints.Count} checkpoints of {count} events built | {took.TotalSeconds:0.0} s, {count / took.TotalSeconds:0} events/s | {(double)bytes / count:0} B an event |"));
        var loads = new List<double>();
        for (var i = 0; i < 20; i++)
        {
            began = Stopwatch.GetTimestamp();
            checkpoints.Load(checkpoints.Find(head)!.Value);
            loads.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| the newest checkpoint read | p50 {loads.Order().ElementAt(10):0} ms |"));
        using var jumps = new StateJumps(checkpoints, folding, pages, state, options, machine);
        var first = (await pages.ReadAsync(floor, head, 1, default)).Rows[0].Position;
        var random = new Random(5);
        var times = new List<double>();
        var wholes = new List<double>();
        for (var i = 0; i < Jumps + 5; i++)
        {
            var at = new LogPosition(first.Milliseconds + (ulong)(random.NextDouble() * (head.Milliseconds - first.Milliseconds)), ulong.MaxValue);
            began = Stopwatch.GetTimestamp();
            var isWhole = await jumps.ReadAsync(at, 1000, folded =>
            {
                JsonSerializer.SerializeToUtf8Bytes(folded.State.ToSnapshot(1000), MonitoringJson.Context.LiveStateSnapshot);
                return folded.LeftOut.Count == 0;
            }, default);
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            if (isWhole)
            {
                wholes.Add(times[^1]);
            }
        }

        double[] counted = [.. times.Skip(5).Order()];
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {Jumps} jumps to random instants of {count} events | p50 {counted[50]:0} ms | p95 {counted[94]:0} ms | max {counted[^1]:0} ms | {wholes.Count} needed every ended task, up to {wholes.DefaultIfEmpty().Max():0} ms | resident {Environment.WorkingSet >> 20} MB |"));
    }

    private static async Task ReplayAsync(Uri address, double speed, TimeSpan length)
    {
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(address, default);
        var buffer = new byte[4 * 1024 * 1024];
        DateTimeOffset? start = null;
        var (events, now, began) = (0L, DateTimeOffset.MinValue, Stopwatch.GetTimestamp());
        while (start is null || Stopwatch.GetElapsedTime(began) < length)
        {
            var count = 0;
            ValueWebSocketReceiveResult part;
            do
            {
                part = await socket.ReceiveAsync(buffer.AsMemory(count), default);
                count += part.Count;
            }
            while (!part.EndOfMessage);

            var message = buffer.AsSpan(0, count);
            if (message.IndexOf("\"type\":\"clock\""u8) is >= 0 and < 20)
            {
                now = JsonElement.Parse(message).GetProperty("clock").GetDateTimeOffset();
                began = start is null ? Stopwatch.GetTimestamp() : began;
                start ??= now;
            }
            else
            {
                events += message.Count("\"event_id\":"u8);
            }
        }

        var took = Stopwatch.GetElapsedTime(began);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| replay at {speed}x for {took.TotalSeconds:0.0} s | {(now - start.Value).TotalSeconds:0} s of the log, {(now - start.Value) / took:0.0}x | {events / took.TotalSeconds:0} events/s |"));
    }
}
