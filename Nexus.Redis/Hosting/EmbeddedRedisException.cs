namespace Nexus.Redis.Hosting;

/// <summary>The server cannot run. The message is one sentence for the person who started it: what, and how to change it.</summary>
public sealed class EmbeddedRedisException : Exception
{
    public EmbeddedRedisException()
    {
    }

    public EmbeddedRedisException(string message)
        : base(message)
    {
    }

    public EmbeddedRedisException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
