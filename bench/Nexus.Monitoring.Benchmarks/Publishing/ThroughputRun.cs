using System.Diagnostics;
using System.Globalization;
using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Nexus.Monitoring.Benchmarks.History;
using Nexus.Monitoring.Client;
using Nexus.Monitoring.Client.Publishing;
using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Monitoring.Benchmarks.Publishing;

/// <summary>
/// How fast one process publishes: one thread calls the publisher as fast as the log takes the events, the sender brings them to Redis, and a
/// WebSocket client of a running node counts what arrives. No part is simulated; all share this machine. What a call costs says
/// <see cref="PublishCall"/>.
/// </summary>
internal static class ThroughputRun
{
    /// <summary>Of the buffer's 50 000 places: a caller that is faster than the log waits, so that nothing is dropped.</summary>
    private const int MostPending = 40_000;

    private const int Slice = 1_000;

    /// <summary>Where an address of a node stands: only the log is filled.</summary>
    private const string NoNode = "-";

    /// <summary>
    /// So many go all the way before anything is measured, and then nothing for a while: processes that run for days are compiled for what they do,
    /// and for that the runtime takes a quarter of a fresh process's time over its first ten seconds.
    /// </summary>
    private const int WarmUp = 500_000;

    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    /// <param name="arguments"><c>redis-address [node-address | -] [events] [task | fleet] [events-a-second]</c>: by default all events tell of one
    /// task, and go as fast as they can.</param>
    public static async Task<int> RunAsync(string[] arguments)
    {
        int? Number(int index, int? other) => arguments.Length <= index ? other : int.TryParse(arguments[index], CultureInfo.InvariantCulture, out var number) ? number : null;
        var (count, rate, kind) = (Number(2, 500_000), Number(4, int.MaxValue), arguments.ElementAtOrDefault(3) ?? "task");
        if (arguments.Length is 0 or > 5 || count is null || rate is null || kind is not ("task" or "fleet"))
        {
            await Console.Error.WriteLineAsync(
                "throughput REDIS [NODE | -] [EVENTS] [task | fleet] [RATE], for example: throughput 127.0.0.1:6379 http://127.0.0.1:8000 3000000 fleet 50000");
            return 2;
        }

        var node = arguments.Length > 1 && arguments[1] != NoNode ? new Uri(arguments[1]) : null;
        return await RunAsync(arguments[0], node, count.Value, kind == "fleet" ? Fleet() : OneTask(), rate.Value);
    }

    private static async Task<int> RunAsync(string redis, Uri? node, int count, IEnumerable<MonitoringEvent> kind, int rate)
    {
        using var host = BuildHost(redis, count);
        await host.StartAsync();
        var publisher = host.Services.GetRequiredService<IMonitoringPublisher>();
        using var deadline = new CancellationTokenSource(Deadline);
        using var events = kind.GetEnumerator();
        using var socket = new ClientWebSocket();
        if (node is not null)
        {
            await socket.ConnectAsync(new Uri($"ws://{node.Authority}/ws/monitoring?format=batch"), deadline.Token);
        }

        var warmingUp = ReceiveAsync(node is null ? null : socket, WarmUp, deadline.Token);
        Publish(publisher, events, WarmUp, int.MaxValue);
        await publisher.FlushAsync(deadline.Token);
        await warmingUp;
        await Task.Delay(Settling);

        Console.WriteLine("warm");
        var processor = Environment.CpuUsage.TotalTime;
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var started = Stopwatch.GetTimestamp();
        var receiving = ReceiveAsync(node is null ? null : socket, count, deadline.Token);
        var perCall = Publish(publisher, events, count, rate);
        var sent = await publisher.FlushAsync(deadline.Token);
        var inRedis = Stopwatch.GetElapsedTime(started);
        var received = await receiving;
        var atClient = Stopwatch.GetElapsedTime(started);
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        processor = Environment.CpuUsage.TotalTime - processor;

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"calls        {1e9 / perCall.Average(),12:N0} /s  {perCall.Average():N0} ns each; the median of {Slice:N0} in a row {perCall[perCall.Count / 2]:N0} ns"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"into Redis   {count / inRedis.TotalSeconds,12:N0} /s  {(sent ? "all" : "NOT ALL")}, {allocated / count} B allocated and {processor.TotalMicroseconds / count:N1} us of processor time for each in this process"));
        if (node is not null)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"at client    {received / atClient.TotalSeconds,12:N0} /s  {received:N0} of {count:N0}"));
            await TellHistoryAsync(node, started, count, deadline.Token);
        }

        await host.StopAsync(CancellationToken.None);
        return sent && (node is null || received == count) ? 0 : 1;
    }

    private static IHost BuildHost(string redis, int count)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection([new("ConnectionStrings:redis", redis)]);
        builder.AddNexusMonitoring("redis", options => options.LogMaxLength = Math.Max(250_000, 2 * (WarmUp + count)));
        return builder.Build();
    }

    /// <summary>As a caller writes it, with a new id and the time for each.</summary>
    /// <returns>Nanoseconds that a call took, the mean of so many in a row, the shortest first; the waits between them are not in it.</returns>
    private static List<double> Publish(IMonitoringPublisher publisher, IEnumerator<MonitoringEvent> events, int count, int rate)
    {
        var perCall = new List<double>();
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i += Slice)
        {
            WaitForRoom(publisher);
            WaitForTime(began, i, rate);
            var started = Stopwatch.GetTimestamp();
            var calls = Math.Min(Slice, count - i);
            for (var call = 0; call < calls && events.MoveNext(); call++)
            {
                var fresh = publisher.NewEvent(events.Current.EventType);
                publisher.Publish(events.Current with { EventId = fresh.EventId, Timestamp = fresh.Timestamp });
            }

            perCall.Add(Stopwatch.GetElapsedTime(started).TotalNanoseconds / calls);
        }

        perCall.Sort();
        return perCall;
    }

    /// <summary>What a call and the way cost, and little else: a node has one task to keep.</summary>
    private static IEnumerable<MonitoringEvent> OneTask()
    {
        while (true)
        {
            yield return SampleEvents.Completed;
        }
    }

    /// <summary>What such a fleet says; making it up is part of what the publishing process does then, and a node has many tasks to keep.</summary>
    private static IEnumerable<MonitoringEvent> Fleet() => new FleetEvents(seed: 1).Take(int.MaxValue).Select(one => one.Event);

    private static void WaitForRoom(IMonitoringPublisher publisher)
    {
        while (publisher.Statistics.Pending > MostPending)
        {
            Thread.Sleep(1);
        }
    }

    private static void WaitForTime(long began, int sent, int rate)
    {
        while (Stopwatch.GetElapsedTime(began).TotalSeconds * rate < sent)
        {
            Thread.Sleep(1);
        }
    }

    /// <summary>How far the node's history is behind once the last event is at the client, and how fast it took all of them, the rest included.</summary>
    private static async Task TellHistoryAsync(Uri node, long started, int count, CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        double? first = null;
        while (await HistoryBehindAsync(client, node, cancellationToken) is { } behind)
        {
            first ??= behind;
            if (behind == 0)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"in history   {count / Stopwatch.GetElapsedTime(started).TotalSeconds,12:N0} /s  {first:N1} s behind at the end"));
                return;
            }

            await Task.Delay(100, cancellationToken);
        }
    }

    /// <returns>Seconds; null where none is kept.</returns>
    private static async Task<double?> HistoryBehindAsync(HttpClient client, Uri node, CancellationToken cancellationToken)
    {
        using var answer = await client.GetAsync(new Uri(node, "/health"), cancellationToken);
        using var health = JsonDocument.Parse(await answer.Content.ReadAsStreamAsync(cancellationToken));
        return health.RootElement.GetProperty("checks").GetProperty("history").TryGetProperty("behind_seconds", out var behind) ? behind.GetDouble() : null;
    }

    /// <summary>Each event that comes has one id, and nothing else has.</summary>
    private static async Task<int> ReceiveAsync(ClientWebSocket? socket, int count, CancellationToken cancellationToken)
    {
        if (socket is null)
        {
            return 0;
        }

        await Task.Yield();
        var mark = "\"event_id\":\""u8.ToArray();
        var buffer = new byte[1024 * 1024];
        int received = 0, kept = 0;
        while (received < count && !cancellationToken.IsCancellationRequested)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(kept), cancellationToken);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                break;
            }

            // A mark may be cut in two by the end of a part.
            var length = kept + part.Count;
            received += System.MemoryExtensions.Count(buffer.AsSpan(0, length), mark);
            kept = Math.Min(length, mark.Length - 1);
            buffer.AsSpan(length - kept, kept).CopyTo(buffer);
        }

        return received;
    }
}
