namespace Nexus.Monitoring.Api.WebSockets;

/// <summary>Takes what a client sends.</summary>
internal interface ITextHandler
{
    /// <param name="message">A whole text message, valid until this completes.</param>
    /// <returns>False to read no further.</returns>
    ValueTask<bool> HandleAsync(ReadOnlyMemory<byte> message);
}
