namespace Nexus.Monitoring.Contracts.Frames;

/// <summary>WebSocket close codes of the stream. 40xx: come back, 45xx: do not.</summary>
/// <seealso href="https://www.rfc-editor.org/rfc/rfc6455#section-7.4"/>
public static class CloseCodes
{
    /// <summary>The node shuts down; come back with your cursor.</summary>
    public const int GoingAway = 1001;

    /// <summary>Origin or credentials are not accepted.</summary>
    public const int PolicyViolation = 1008;

    /// <summary>The client's message is too big.</summary>
    public const int MessageTooBig = 1009;

    /// <summary>The client reads too slowly; come back with your cursor.</summary>
    public const int SlowConsumer = 4001;

    /// <summary>Credentials expired; come back with new ones.</summary>
    public const int CredentialsExpired = 4002;

    /// <summary>The request can never succeed.</summary>
    public const int BadRequest = 4500;
}
