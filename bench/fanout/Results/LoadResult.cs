using System.Text.Json;

namespace Nexus.Fanout.Results;

/// <summary>Figures of a load; rates and times of the measured seconds, losses of the whole run.</summary>
internal sealed record LoadResult : IRunResult
{
    public required RunDescription Run { get; init; }

    public required double Seconds { get; init; }

    public required int Published { get; init; }

    public required double EventsPerSecond { get; init; }

    public required double DeliveriesPerSecond { get; init; }

    public required double MegabytesPerSecond { get; init; }

    public required double P50Ms { get; init; }

    public required double P99Ms { get; init; }

    public required double MaxMs { get; init; }

    public required long Delivered { get; init; }

    public required long Lost { get; init; }

    public required long Duplicates { get; init; }

    /// <summary>Events that came after a later one.</summary>
    public required long Late { get; init; }

    /// <summary>Events that the client's filter does not match.</summary>
    public required long Foreign { get; init; }

    /// <summary>Reading clients that the server closed; what they missed is not in <see cref="Lost"/>.</summary>
    public required int Closed { get; init; }

    /// <summary>The status of the latest WebSocket close frame; 0 when there was none.</summary>
    public required int LastCloseStatus { get; init; }

    /// <summary>Never reading clients that the server closed, as it may.</summary>
    public required int SlowClosed { get; init; }

    public required double ConnectMs { get; init; }

    /// <summary>By how much the publisher missed its own schedule at worst; null in a closed loop, which has none.</summary>
    public required double? PublisherLateMs { get; init; }

    public required double ToolMicrosecondsPerDelivery { get; init; }

    public required double? ServerMicrosecondsPerDelivery { get; init; }

    public required long? ServerBytes { get; init; }

    public bool IsClean => Lost == 0 && Duplicates == 0 && Late == 0 && Foreign == 0 && Closed == 0 && Delivered > 0;

    public string ToJson() => JsonSerializer.Serialize(this, ResultJsonContext.Default.LoadResult);

    public string ToText() => FormattableString.Invariant($"""
        {Run}
          deliveries/s  {DeliveriesPerSecond:N0}   events/s {EventsPerSecond:N0}   MB/s {MegabytesPerSecond:N0}   in {Seconds:0.00} s
          latency       p50 {P50Ms:0.00} ms   p99 {P99Ms:0.00} ms   max {MaxMs:0.00} ms{(PublisherLateMs is { } late ? $"   publisher late by {late:0.00} ms at most" : "")}
          faults        lost {Lost}   duplicates {Duplicates}   late {Late}   foreign {Foreign}   closed {Closed}{(LastCloseStatus > 0 ? $" with {LastCloseStatus}" : "")}   slow closed {SlowClosed}   of {Delivered:N0} delivered
          processor     tool {ToolMicrosecondsPerDelivery:0.000} µs/delivery{(ServerMicrosecondsPerDelivery is { } cost ? $"   server {cost:0.000} µs/delivery" : "")}
          connected in  {ConnectMs:0} ms{(ServerBytes is { } bytes ? $"   server memory {bytes / 1048576.0:0.0} MB" : "")}
        """);
}
