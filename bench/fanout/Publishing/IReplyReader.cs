namespace Nexus.Fanout.Publishing;

/// <summary>Reads what the server answers to the publisher, so that a refused event is an error and not a loss.</summary>
internal interface IReplyReader
{
    /// <summary>Takes the next bytes, which may begin and end anywhere.</summary>
    /// <exception cref="FanoutException">The server refused something.</exception>
    void Read(ReadOnlySpan<byte> bytes);
}
