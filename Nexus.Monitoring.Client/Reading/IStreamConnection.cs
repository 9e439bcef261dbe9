namespace Nexus.Monitoring.Client.Reading;

/// <summary>One connection to the stream; disposing of it closes it.</summary>
internal interface IStreamConnection : IAsyncDisposable
{
    /// <summary>Completes with the reason, or null, when the connection has ended.</summary>
    Task<Exception?> Ended { get; }
}
