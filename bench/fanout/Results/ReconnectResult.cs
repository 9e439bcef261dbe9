using System.Text.Json;

namespace Nexus.Fanout.Results;

/// <summary>How clients that were cut off came back.</summary>
internal sealed record ReconnectResult : IRunResult
{
    public required RunDescription Run { get; init; }

    /// <summary>Events that each client missed while it was away.</summary>
    public required int EventsAway { get; init; }

    /// <summary>Clients that had everything published before they came back, in time.</summary>
    public required int Resumed { get; init; }

    /// <summary>From the first connection until the last client had caught up; null when one never did.</summary>
    public required double? AllResumedMs { get; init; }

    /// <summary>From the first connection until a client had caught up.</summary>
    public required double P50Ms { get; init; }

    public required double P99Ms { get; init; }

    /// <summary>Attempts that the server refused or cut; each was repeated.</summary>
    public required int Refusals { get; init; }

    /// <summary>The last reason; null when there was none.</summary>
    public required string? LastRefusal { get; init; }

    public required int Published { get; init; }

    public required long Delivered { get; init; }

    /// <summary>Events that clients do not have at the end, whether they came back or not.</summary>
    public required long Lost { get; init; }

    public required long Duplicates { get; init; }

    public required long Late { get; init; }

    public required long Foreign { get; init; }

    /// <summary>The status of the latest WebSocket close frame; 0 when there was none.</summary>
    public required int LastCloseStatus { get; init; }

    public required int Closed { get; init; }

    public bool IsClean => Resumed == Run.Clients && Lost == 0 && Duplicates == 0 && Late == 0 && Foreign == 0 && Closed == 0;

    public string ToJson() => JsonSerializer.Serialize(this, ResultJsonContext.Default.ReconnectResult);

    public string ToText() => FormattableString.Invariant($"""
        {Run}
          resumed       {Resumed} of {Run.Clients} clients, {(AllResumedMs is { } all ? $"all in {all:0} ms" : "not all")}   p50 {P50Ms:0} ms   p99 {P99Ms:0} ms   each {EventsAway} events behind
          refusals      {Refusals}{(LastRefusal is { } why ? $", the last: {why}" : "")}
          faults        lost {Lost}   duplicates {Duplicates}   late {Late}   foreign {Foreign}   closed {Closed}{(LastCloseStatus > 0 ? $" with {LastCloseStatus}" : "")}   of {Delivered:N0} delivered
        """);
}
