using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Nexus.Monitoring.Api.Tests.Fixtures;

/// <summary>A client of the stream that never reads.</summary>
internal static class FrozenSocket
{
    public static async Task<Socket> OpenAsync(ApiHost api, string query = "")
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        await socket.ConnectAsync(IPAddress.Loopback, api.Address.Port);
        await socket.SendAsync(Encoding.ASCII.GetBytes(
            $"""
            GET /ws/monitoring{query} HTTP/1.1
            Host: 127.0.0.1:{api.Address.Port}
            Connection: Upgrade
            Upgrade: websocket
            Sec-WebSocket-Version: 13
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==


            """.ReplaceLineEndings("\r\n")));
        return socket;
    }
}
