using System.Globalization;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Nexus.Redis.Commands;

namespace Nexus.Redis.Hosting;

/// <summary>
/// A server that speaks the Redis protocol on a loopback port: Garnet, the stream commands, and a data folder that survives
/// restarts. What was acknowledged survives the death of the process; the death of the machine may cost the last seconds that the
/// operating system had not written.
/// </summary>
public sealed class EmbeddedRedisServer : IAsyncDisposable
{
    private readonly StreamServer _server;
    private readonly DataFolder _folder;

    private EmbeddedRedisServer(StreamServer server, DataFolder folder, int port) => (_server, _folder, Port) = (server, folder, port);

    public int Port { get; }

    /// <summary><c>127.0.0.1:port</c></summary>
    public string ConnectionString => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}");

    /// <summary>The full path.</summary>
    public string DataFolder => _folder.Path;

    /// <summary>Reads the data and listens.</summary>
    /// <exception cref="EmbeddedRedisException">The port is taken, the folder is in use, not writable or damaged.</exception>
    public static Task<EmbeddedRedisServer> StartAsync(EmbeddedRedisOptions options, ILoggerFactory? logging = null) =>
        Task.Run(() => Start(options, logging ?? NullLoggerFactory.Instance));

    /// <summary>Stops listening, writes what is left and lets go of the folder.</summary>
    public async ValueTask DisposeAsync()
    {
        await _server.Store.CommitAOFAsync(CancellationToken.None);
        await Task.Run(_server.Dispose);
        _folder.Dispose();
    }

    private static EmbeddedRedisServer Start(EmbeddedRedisOptions options, ILoggerFactory logging)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Memory, EmbeddedRedisOptions.MinMemory);
        var port = LoopbackPort.Reserve(options.Port);
        var folder = Hosting.DataFolder.Open(options.DataFolder);
        try
        {
            return new EmbeddedRedisServer(StartGarnet(options, port, folder.Path, logging), folder, port);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    private static StreamServer StartGarnet(EmbeddedRedisOptions options, int port, string folder, ILoggerFactory logging)
    {
        StreamServer? server = null;
        try
        {
            AppendOnlyFile.Mend(folder);
            server = new StreamServer(GarnetSettings.Create(options, port, folder), logging);
            StreamCommands.Register(server.Register, options.Clock, GarnetSettings.MaxStreamMemory(options));
            server.NameSessionsAnew();
            server.ExpectEndsOfTransactions();
            server.ReadSupersededValues();
            server.Start();
            return server;
        }
        catch (Exception error)
        {
            server?.Dispose();
            throw error switch
            {
                SocketException refused => LoopbackPort.Refused(port, refused),
                _ => new EmbeddedRedisException(
                    $"The data in '{folder}' cannot be read ({error.GetBaseException().Message.TrimEnd('.')}); put a copy back, or move the folder away to start empty.",
                    error),
            };
        }
    }
}
