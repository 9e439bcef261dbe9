namespace Nexus.Fanout;

/// <summary>The run cannot go on; the message is one sentence for the person who started it.</summary>
internal sealed class FanoutException(string message) : Exception(message);
