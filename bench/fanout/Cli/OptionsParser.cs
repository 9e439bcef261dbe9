using System.Globalization;
using Nexus.Fanout.Events;

namespace Nexus.Fanout.Cli;

/// <summary>The command line as <see cref="FanoutOptions"/>.</summary>
internal static class OptionsParser
{
    private const int MaxPort = 65_535;
    private const int MaxClients = 100_000;
    private const int MaxEventBytes = 1024 * 1024;
    private const double MaxSeconds = 3600;

    private static readonly Dictionary<string, Transport> Transports = new()
    {
        ["ws"] = Transport.Ws,
        ["sse"] = Transport.Sse,
        ["ndjson"] = Transport.Ndjson,
        ["signalr"] = Transport.SignalR,
        ["stock-signalr"] = Transport.StockSignalR,
        ["redis"] = Transport.Redis,
        ["nats"] = Transport.Nats,
    };

    private static readonly Dictionary<string, PublishWith> Publishers = new()
    {
        ["nexus"] = PublishWith.Nexus,
        ["redis"] = PublishWith.Redis,
        ["nats"] = PublishWith.Nats,
        ["http"] = PublishWith.Http,
    };

    private static readonly Dictionary<string, Mode> Modes = new()
    {
        ["load"] = Mode.Load,
        ["idle"] = Mode.Idle,
        ["reconnect"] = Mode.Reconnect,
    };

    public static string NameOf(Transport transport) => Transports.First(pair => pair.Value == transport).Key;

    public static string NameOf(PublishWith publish) => Publishers.First(pair => pair.Value == publish).Key;

    /// <exception cref="FanoutException">Names the option, its value and what is allowed.</exception>
    public static FanoutOptions Parse(IReadOnlyList<string> arguments)
    {
        var hasMode = arguments is [var first, ..] && !first.StartsWith('-');
        var mode = Mode.Load;
        if (hasMode && !Modes.TryGetValue(arguments[0], out mode))
        {
            throw new FanoutException($"'{arguments[0]}' is not something to measure; {string.Join(", ", Modes.Keys)} are.");
        }

        var reader = new OptionsReader(arguments.Skip(hasMode ? 1 : 0), "--json");
        if (reader.Has("--rate") && reader.Has("--window"))
        {
            throw new FanoutException("--rate and --window exclude each other: a rate is an open loop, a window a closed one.");
        }

        var options = Read(reader, mode);
        reader.End();
        Check(options);
        return options;
    }

    private static FanoutOptions Read(OptionsReader reader, Mode mode)
    {
        var defaults = new FanoutOptions();
        var transport = reader.Choice("--transport", Transports)
            ?? throw new FanoutException($"--transport is missing; {string.Join(", ", Transports.Keys)} are allowed.");
        var port = reader.Number("--port", 1, MaxPort) ?? throw new FanoutException("--port is missing; give the port of the server under test.");
        var clients = reader.Number("--clients", 1, MaxClients) ?? defaults.Clients;
        return new FanoutOptions
        {
            Mode = mode,
            Transport = transport,
            Host = reader.Text("--host") ?? defaults.Host,
            Port = port,
            Path = reader.Text("--path") ?? DefaultPath(transport),
            Filter = reader.Text("--filter") ?? defaults.Filter,
            Channel = reader.Text("--channel") ?? defaults.Channel,
            Headers = reader.Texts("--header"),
            Clients = clients,
            Slow = reader.Number("--slow", 0, clients - 1) ?? defaults.Slow,
            ConnectAtOnce = reader.Number("--connect-at-once", 1, MaxClients) ?? defaults.ConnectAtOnce,
            Publish = reader.Choice("--publish", Publishers) ?? DefaultPublish(transport),
            PublishPort = reader.Number("--publish-port", 1, MaxPort) ?? port,
            PublishPath = reader.Text("--publish-path") ?? defaults.PublishPath,
            Size = reader.Number("--size", 1, MaxEventBytes) ?? defaults.Size,
            Projects = reader.Number("--projects", 1, 1_000_000) ?? defaults.Projects,
            Share = reader.Number("--share", 1, 1_000_000),
            Batch = reader.Number("--batch", 1, 4096) ?? defaults.Batch,
            Window = reader.Number("--window", 1, Mark.MaxNumber) ?? defaults.Window,
            Rate = reader.Real("--rate", 0.1, 10_000_000, "a number of events a second") ?? (mode == Mode.Reconnect ? 1000 : defaults.Rate),
            Warmup = reader.Seconds("--warmup", MaxSeconds) ?? defaults.Warmup,
            Duration = reader.Seconds("--duration", MaxSeconds) ?? defaults.Duration,
            Grace = reader.Seconds("--grace", MaxSeconds) ?? defaults.Grace,
            Settle = reader.Seconds("--settle", MaxSeconds) ?? defaults.Settle,
            Away = reader.Seconds("--away", MaxSeconds) ?? defaults.Away,
            ServerPids = [.. (reader.Text("--server-pid") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Pid)],
            Json = reader.Flag("--json"),
        };
    }

    private static void Check(FanoutOptions options)
    {
        if (options.Mode == Mode.Idle && options.ServerPids.Count == 0)
        {
            throw new FanoutException("idle needs --server-pid, the process whose memory is measured.");
        }

        if (options.Mode == Mode.Reconnect && options is not { Publish: PublishWith.Nexus, Transport: Transport.Ws or Transport.Sse or Transport.Ndjson or Transport.SignalR })
        {
            throw new FanoutException("reconnect needs cursors: --publish nexus with ws, sse, ndjson or signalr is allowed.");
        }

        if (options.HasNumberedFilter && options.Share is { } share && share != options.Projects)
        {
            throw new FanoutException($"--share {share} contradicts --projects {options.Projects}: with %d a client gets one project's events.");
        }

        if (options.Rate == 0 && options.Mode == Mode.Load && options.Window < options.Step)
        {
            throw new FanoutException($"--window {options.Window} is too small: with one of {options.Step} events for each client, at least {options.Step} is needed.");
        }
    }

    private static string DefaultPath(Transport transport) => transport switch
    {
        Transport.Ws => "/ws/monitoring",
        Transport.Sse => "/api/events",
        Transport.Ndjson => "/api/events?follow=true",
        Transport.SignalR => "/hubs/monitoring",
        Transport.StockSignalR => "/hub",
        _ => "/",
    };

    private static PublishWith DefaultPublish(Transport transport) => transport switch
    {
        Transport.Redis => PublishWith.Redis,
        Transport.Nats => PublishWith.Nats,
        Transport.StockSignalR => PublishWith.Http,
        _ => PublishWith.Nexus,
    };

    private static int Pid(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
        ? pid
        : throw new FanoutException($"--server-pid {text}: process ids joined by commas are allowed, such as 4711,4712.");
}
