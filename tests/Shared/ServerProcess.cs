using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Nexus.Testing;

/// <summary>
/// Runs a Redis-protocol server as a child process: a free port and a temporary folder that it keeps over restarts, ready when it
/// answers PING, gone with its folder when disposed or when the test run ends.
/// </summary>
public abstract class ServerProcess(string name) : IRedisServer
{
    private const int PortAttempts = 5;

    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StopDeadline = TimeSpan.FromSeconds(20);

    private readonly OutputTail _output = new();
    private Process? _process;

    public string Name => name;

    public int Port { get; private set; }

    public int ProcessId => Running.Id;

    public string ConnectionString => $"127.0.0.1:{Port}";

    public string DataFolder { get; } = Directory.CreateTempSubdirectory("nexus-redis-").FullName;

    public bool IsRunning => _process is { HasExited: false };

    public string Output => _output.ToString();

    private Process Running => _process ?? throw new InvalidOperationException($"{name} is not running.");

    public async Task KillAsync()
    {
        Running.Kill();
        await EndAsync();
    }

    public async Task<int> StopAsync()
    {
        UnixSignal.Send(ProcessId, UnixSignal.Terminate);
        return await EndAsync();
    }

    public void Pause() => UnixSignal.Send(ProcessId, UnixSignal.Stop);

    public void Resume() => UnixSignal.Send(ProcessId, UnixSignal.Continue);

    public async Task RestartAsync()
    {
        if (IsRunning)
        {
            await StopAsync();
        }

        if (!await TryStartAsync())
        {
            throw new InvalidOperationException($"{name} did not start again on port {Port}:{Environment.NewLine}{Output}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (IsRunning)
        {
            await KillAsync();
        }

        AppDomain.CurrentDomain.ProcessExit -= KillLeftover;
        Directory.Delete(DataFolder, recursive: true);
        GC.SuppressFinalize(this);
    }

    protected abstract (string FileName, IEnumerable<string> Arguments) CommandLine();

    /// <summary>Another program may take a free port before this one does, so a first start tries several.</summary>
    protected async Task StartFirstTimeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit += KillLeftover;
        for (var attempt = 1; attempt <= PortAttempts; attempt++)
        {
            Port = FreePort.Next();
            if (await TryStartAsync())
            {
                return;
            }
        }

        var output = Output;
        await DisposeAsync();
        throw new InvalidOperationException($"{name} did not start in {PortAttempts} attempts:{Environment.NewLine}{output}");
    }

    private async Task<bool> TryStartAsync()
    {
        var (fileName, arguments) = CommandLine();
        var process = new Process
        {
            StartInfo = new ProcessStartInfo(fileName, arguments) { RedirectStandardOutput = true, RedirectStandardError = true },
        };
        process.OutputDataReceived += (_, line) => _output.Add(line.Data);
        process.ErrorDataReceived += (_, line) => _output.Add(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _process = process;

        await Eventually.IsTrueAsync(
            async () => process.HasExited || await AnswersPingAsync(), $"{name} answers PING on port {Port}", StartDeadline);
        if (!process.HasExited)
        {
            return true;
        }

        await EndAsync();
        return false;
    }

    private async Task<bool> AnswersPingAsync()
    {
        try
        {
            using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(1));
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(IPAddress.Loopback, Port, deadline.Token);
            await socket.SendAsync("PING\r\n"u8.ToArray(), deadline.Token);
            var reply = new byte[64];
            var length = await socket.ReceiveAsync(reply, deadline.Token);
            return reply.AsSpan(0, length).StartsWith("+PONG"u8);
        }
        catch (Exception error) when (error is SocketException or OperationCanceledException)
        {
            return false;
        }
    }

    private async Task<int> EndAsync()
    {
        var process = Running;
        using var deadline = new CancellationTokenSource(StopDeadline);
        try
        {
            await process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"{name} did not end within {StopDeadline.TotalSeconds} s:{Environment.NewLine}{Output}");
        }

        var exitCode = process.ExitCode;
        process.Dispose();
        _process = null;
        return exitCode;
    }

    private void KillLeftover(object? sender, EventArgs e)
    {
        if (IsRunning)
        {
            Running.Kill();
        }
    }
}
