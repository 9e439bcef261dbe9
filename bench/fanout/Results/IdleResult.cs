using System.Text.Json;

namespace Nexus.Fanout.Results;

/// <summary>What a connection costs a server while nothing happens.</summary>
internal sealed record IdleResult : IRunResult
{
    public required RunDescription Run { get; init; }

    /// <summary>Resident bytes of the server before the first connection.</summary>
    public required long BytesBefore { get; init; }

    /// <summary>Resident bytes when all connections have been idle for the run's duration.</summary>
    public required long BytesAfter { get; init; }

    public required double BytesPerConnection { get; init; }

    public required double ConnectMs { get; init; }

    public required int Closed { get; init; }

    public bool IsClean => Closed == 0;

    public string ToJson() => JsonSerializer.Serialize(this, ResultJsonContext.Default.IdleResult);

    public string ToText() => FormattableString.Invariant($"""
        {Run.Transport}, {Run.Clients} idle clients
          memory        {BytesPerConnection / 1024:0.0} KB/connection   {BytesBefore / 1048576.0:0.0} MB before, {BytesAfter / 1048576.0:0.0} MB after
          connected in  {ConnectMs:0} ms   closed {Closed}
        """);
}
