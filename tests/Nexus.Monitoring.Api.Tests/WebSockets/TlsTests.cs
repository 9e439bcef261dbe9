using System.Net.Security;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Nexus.Monitoring.Api.Tests.Fixtures;

namespace Nexus.Monitoring.Api.Tests.WebSockets;

/// <summary>Connections whose socket cannot be written to directly: the stream is the same.</summary>
public sealed class TlsTests
{
    private static readonly string[] Protocols = ["/ws/monitoring", "/ws/monitoring?format=batch"];

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 0)]
    public async Task Stream_OverTls_ArrivesAndCloses(int major, int minor)
    {
        using var certificate = new CertificateFile();
        await using var api = await ApiHost.StartAsync(
            null, ("Kestrel:Endpoints:Tls:Url", "https://127.0.0.1:0"), ("Kestrel:Endpoints:Tls:Certificate:Path", certificate.Path));
        foreach (var path in Protocols)
        {
            using var handler = new SocketsHttpHandler
            {
                SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, shown, _, _) => certificate.Is(shown) },
            };
            using var invoker = new HttpMessageInvoker(handler);
            using var socket = new ClientWebSocket();
            socket.Options.HttpVersion = new Version(major, minor);
            socket.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
            using var deadline = new CancellationTokenSource(Eventually.DefaultDeadline);
            await socket.ConnectAsync(new Uri($"wss://127.0.0.1:{api.Address.Port}{path}"), invoker, deadline.Token);
            var position = "";
            await NextAsync(socket, deadline.Token);

            for (var i = 0; i < 20; i++)
            {
                position = api.Log.Append(Sample.Event()).ToString();
                while (!(await NextAsync(socket, deadline.Token)).Contains(position, StringComparison.Ordinal))
                {
                }
            }

            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "", deadline.Token);
            Assert.Equal(WebSocketCloseStatus.NormalClosure, socket.CloseStatus);
        }
    }

    private static async Task<string> NextAsync(ClientWebSocket socket, CancellationToken cancellationToken)
    {
        var buffer = new byte[65_536];
        var part = await socket.ReceiveAsync(buffer, cancellationToken);
        Assert.True(part.EndOfMessage, "a message of this test fits into the buffer");
        return JsonElement.Parse(buffer.AsSpan(0, part.Count)).GetRawText();
    }

    private sealed class CertificateFile : IDisposable
    {
        private readonly X509Certificate2 _certificate;

        public CertificateFile()
        {
            using var key = RSA.Create(2048);
            var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            _certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
            File.WriteAllBytes(Path, _certificate.Export(X509ContentType.Pfx));
        }

        public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"nexus-tls-{Guid.NewGuid():N}.pfx");

        public bool Is(X509Certificate? shown) => shown?.GetCertHashString() == _certificate.GetCertHashString();

        public void Dispose()
        {
            _certificate.Dispose();
            File.Delete(Path);
        }
    }
}
