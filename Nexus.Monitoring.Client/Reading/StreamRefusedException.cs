namespace Nexus.Monitoring.Client.Reading;

/// <summary>
/// The node refuses the stream for what was asked for, such as a cursor that its log never handed out; the message is its sentence. Asking again is of
/// no use, asking for something else is: without a cursor, or with the position of a new snapshot.
/// </summary>
public sealed class StreamRefusedException : Exception
{
    /// <inheritdoc cref="StreamRefusedException"/>
    public StreamRefusedException(string message)
        : base(message)
    {
    }

    /// <inheritdoc cref="StreamRefusedException"/>
    public StreamRefusedException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
