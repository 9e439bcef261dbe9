namespace Nexus.IntegrationTests.Wire;

/// <summary>Bytes that a client sends after the handshake, and what a server that keeps to RFC 6455 does.</summary>
/// <param name="Name">What it is about.</param>
/// <param name="Sent">The bytes, in the pieces in which they are sent.</param>
/// <param name="MayGoOn">Whether the stream may go on.</param>
/// <param name="Closes">The close codes that are right, -1 for a close frame without one.</param>
/// <param name="MayBeCut">Whether the connection may end without a close frame (RFC 6455, section 7.1.7, only says that it should not).</param>
/// <param name="Pongs">Payloads of pongs that must come, in order.</param>
public sealed record WireCase(string Name, byte[][] Sent, bool MayGoOn, int[] Closes, bool MayBeCut, byte[][] Pongs)
{
    /// <summary>The stream must go on.</summary>
    public static WireCase GoesOn(string name, params byte[][] sent) => new(name, sent, true, [], false, []);

    /// <summary>The stream must end with this code.</summary>
    public static WireCase EndsWith(int code, string name, params byte[][] sent) => new(name, sent, false, [code], false, []);

    /// <summary>The client has broken the protocol, and the stream must end with this code.</summary>
    public static WireCase FailsWith(int code, string name, params byte[][] sent) => new(name, sent, false, [code], false, []);

    public WireCase AndPongs(params byte[][] pongs) => this with { Pongs = pongs };

    public WireCase OrEndsWith(params int[] codes) => this with { Closes = [.. Closes, .. codes] };

    public override string ToString() => Name;
}
