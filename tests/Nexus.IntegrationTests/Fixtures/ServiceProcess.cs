using System.Diagnostics;
using System.Net;

namespace Nexus.IntegrationTests.Fixtures;

/// <summary>A service as it is deployed: a process of its own, on a free loopback port that it keeps over restarts.</summary>
public abstract class ServiceProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(60);

    private readonly OutputTail _output = new();
    private readonly string _program;
    private readonly Dictionary<string, string> _environment;
    private Process? _process;

    /// <param name="program">The assembly, without its extension.</param>
    /// <param name="redis">Where its log is.</param>
    /// <param name="settings">Its environment.</param>
    protected ServiceProcess(string program, IRedisServer redis, (string Key, string Value)[] settings)
    {
        _program = program;
        _environment = settings.ToDictionary(setting => setting.Key, setting => setting.Value);
        _environment["ConnectionStrings__redis"] = redis.ConnectionString;
        Http = new HttpClient { BaseAddress = Address };
        AppDomain.CurrentDomain.ProcessExit += KillLeftover;
    }

    public int Port { get; } = FreePort.Next();

    public Uri Address => new($"http://127.0.0.1:{Port}");

    public HttpClient Http { get; }

    public string Output => _output.ToString();

    public int ProcessId => _process!.Id;

    public bool IsRunning => _process is { HasExited: false };

    public async Task StartAsync()
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, $"{_program}.dll"), "--urls", Address.ToString()])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (key, value) in _environment)
        {
            start.Environment[key] = value;
        }

        _process?.Dispose();
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => _output.Add(line.Data);
        _process.ErrorDataReceived += (_, line) => _output.Add(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();

        try
        {
            await Eventually.IsTrueAsync(
                async () => _process.HasExited || await HealthAsync() == HttpStatusCode.OK, $"{_program} is healthy", StartDeadline);
        }
        catch (TimeoutException timeout)
        {
            throw new TimeoutException($"{timeout.Message}{Environment.NewLine}{Output}");
        }

        if (_process.HasExited)
        {
            throw new InvalidOperationException($"{_program} ended with {_process.ExitCode}:{Environment.NewLine}{Output}");
        }
    }

    /// <summary>Null while nobody answers.</summary>
    public async Task<HttpStatusCode?> HealthAsync()
    {
        try
        {
            using var answer = await Http.GetAsync(new Uri("/health", UriKind.Relative));
            return answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>SIGSTOP: the process stands still, its connections stay.</summary>
    public void Pause() => UnixSignal.Send(ProcessId, UnixSignal.Stop);

    public void Resume() => UnixSignal.Send(ProcessId, UnixSignal.Continue);

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, and the exit code.</summary>
    public async Task<int> StopAsync()
    {
        UnixSignal.Send(_process!.Id, UnixSignal.Terminate);
        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            await KillAsync();
        }

        AppDomain.CurrentDomain.ProcessExit -= KillLeftover;
        _process?.Dispose();
        Http.Dispose();
        GC.SuppressFinalize(this);
    }

    private void KillLeftover(object? sender, EventArgs e)
    {
        if (_process is { HasExited: false })
        {
            _process.Kill();
        }
    }
}
