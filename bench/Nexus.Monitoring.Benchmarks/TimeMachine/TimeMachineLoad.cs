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
/// <c>time jumps file [count]</c> builds the checkpoints of a history that <c>history write</c> filled and jumps to random instants of it;
/// <c>time states http://node first last [count]</c> asks a running node for random instants between two cursors;
/// <c>time pages file</c> reads a history as a replay does, as fast as it can; <c>time replay ws://node/ws/monitoring from speed seconds</c> measures the pace
/// of a replay of a running node. Printed as Markdown rows.
/// </summary>
internal static class TimeMachineLoad
{
    private const int UsualJumps = 500;

    /// <summary>Not counted: the first ones warm the caches and the compiler.</summary>
    private const int WarmUp = 10;

    private const int Ended = 1000;

    public static Task RunAsync(string[] args) => args switch
    {
        ["jumps", var file, .. var rest] => JumpAsync(file, Count(rest)),
        ["states", var node, var first, var last, .. var rest] => AskAsync(new Uri(node), LogPosition.Parse(first), LogPosition.Parse(last), Count(rest)),
        ["pages", var file] => ReadAsync(file),
        ["replay", var address, var from, var speed, var seconds] => ReplayAsync(
            new Uri($"{address}?format=batch&from={from}&speed={speed}"), double.Parse(speed, CultureInfo.InvariantCulture),
            TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture))),
        _ => throw new ArgumentException(
            "time jumps FILE [COUNT], time states NODE FIRST LAST [COUNT], time pages FILE, or time replay ADDRESS FROM SPEED SECONDS"),
    };

    private static int Count(string[] rest) => rest.Length > 0 ? int.Parse(rest[0], CultureInfo.InvariantCulture) : UsualJumps;

    private static LogPosition At(Random random, LogPosition first, LogPosition last) =>
        new(first.Milliseconds + (ulong)(random.NextDouble() * (last.Milliseconds - first.Milliseconds)), ulong.MaxValue);

    private static string Percentiles(IEnumerable<double> times)
    {
        double[] counted = [.. times.Skip(WarmUp).Order()];
        double Of(double part) => counted[(int)Math.Ceiling(counted.Length * part) - 1];
        return string.Create(
            CultureInfo.InvariantCulture, $"p50 {Of(0.5):0} ms | p95 {Of(0.95):0} ms | p99 {Of(0.99):0} ms | max {counted[^1]:0} ms");
    }

    private static async Task JumpAsync(string file, int jumpCount)
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
            checkpoints, folding, pages, state, null!, TimeProvider.System, machine, NullLogger<CheckpointBuilder>.Instance);
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
        var first = (await pages.ReadAsync(floor, head, new PageBounds(1, 1), default)).Rows[0].Position;
        var random = new Random(5);
        var times = new List<double>();
        var wholes = new List<double>();
        for (var i = 0; i < jumpCount + WarmUp; i++)
        {
            var at = At(random, first, head);
            began = Stopwatch.GetTimestamp();
            var isWhole = await jumps.ReadAsync(at, Ended, folded =>
            {
                JsonSerializer.SerializeToUtf8Bytes(folded.State.ToSnapshot(Ended), MonitoringJson.Context.LiveStateSnapshot);
                return folded.LeftOut.Count == 0;
            }, default);
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            if (isWhole)
            {
                wholes.Add(times[^1]);
            }
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {jumpCount} jumps to random instants of {count} events ({first} to {head}) | {Percentiles(times)} | {wholes.Count} needed every ended task, up to {wholes.DefaultIfEmpty().Max():0} ms | resident {Environment.WorkingSet >> 20} MB |"));
    }

    private static async Task AskAsync(Uri node, LogPosition first, LogPosition last, int count)
    {
        using var http = new HttpClient { BaseAddress = node };
        var random = new Random(6);
        var times = new List<double>();
        var bytes = 0L;
        for (var i = 0; i < count + WarmUp; i++)
        {
            var at = At(random, first, last) with { Sequence = 0 };
            var began = Stopwatch.GetTimestamp();
            bytes += (await http.GetByteArrayAsync(new Uri($"/api/state?at={at}&ended_tasks={Ended}", UriKind.Relative))).Length;
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"| {count} random instants over HTTP | {Percentiles(times)} | {bytes / times.Count >> 10} KB each |"));
    }

    private static async Task ReadAsync(string file)
    {
        var options = Options.Create(new HistoryOptions { Path = file, Threads = 2 });
        using var store = new HistoryStore(options);
        var (after, head) = store.Open().ReadProgress();
        using var history = new DuckDbHistory(store, new HistoryState(), TimeProvider.System, options);
        var pages = new HistoryPages(history);
        foreach (var withKeys in new[] { false, true })
        {
            var (at, events, read) = (after, 0L, 0);
            var began = Stopwatch.GetTimestamp();
            while (at < head)
            {
                var page = await pages.ReadEntriesAsync(at, head, new PageBounds(16_384, 4 * 1024 * 1024), withKeys, default);
                (at, events, read) = (page.Upto, events + page.Entries.Count, read + 1);
            }

            var took = Stopwatch.GetElapsedTime(began);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {events} events read in {read} pages, {(withKeys ? "with" : "without")} keys | {took.TotalSeconds:0.0} s, {events / took.TotalSeconds:0} events/s |"));
        }
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
