using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace Nexus.IntegrationTests.Fixtures;

/// <summary>The API as it is deployed: a process of its own, on a free loopback port that it keeps over restarts.</summary>
public sealed class ApiProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(60);

    private readonly OutputTail _output = new();
    private readonly Dictionary<string, string> _environment;
    private Process? _process;

    private ApiProcess(Dictionary<string, string> environment)
    {
        _environment = environment;
        Http = new HttpClient { BaseAddress = Address };
        AppDomain.CurrentDomain.ProcessExit += KillLeftover;
    }

    public int Port { get; } = FreePort.Next();

    public Uri Address => new($"http://127.0.0.1:{Port}");

    public HttpClient Http { get; }

    public string Output => _output.ToString();

    public bool IsRunning => _process is { HasExited: false };

    public Uri Stream(string query) => new($"ws://127.0.0.1:{Port}/ws/monitoring?{query}");

    public static async Task<ApiProcess> StartAsync(IRedisServer redis, params (string Key, string Value)[] settings)
    {
        var environment = settings.ToDictionary(setting => setting.Key, setting => setting.Value);
        environment["ConnectionStrings__redis"] = redis.ConnectionString;
        var api = new ApiProcess(environment);
        await api.StartAsync();
        return api;
    }

    public async Task StartAsync()
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Nexus.Monitoring.Api.dll"), "--urls", Address.ToString()])
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
                async () => _process.HasExited || await HealthAsync() == HttpStatusCode.OK, "the API is healthy", StartDeadline);
        }
        catch (TimeoutException timeout)
        {
            throw new TimeoutException($"{timeout.Message}{Environment.NewLine}{Output}");
        }

        if (_process.HasExited)
        {
            throw new InvalidOperationException($"The API ended with {_process.ExitCode}:{Environment.NewLine}{Output}");
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

    /// <summary>What the process holds in memory, in bytes.</summary>
    public long ResidentBytes()
    {
        using var process = Process.GetProcessById(_process!.Id);
        return process.WorkingSet64;
    }

    /// <summary>Open streams of all transports, as the node counts them.</summary>
    public async Task<int> OpenStreamsAsync()
    {
        var metrics = await Http.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        return metrics.Split('\n')
            .Where(line => line.StartsWith("nexus_monitoring_connections{", StringComparison.Ordinal))
            .Sum(line => int.Parse(line[(line.IndexOf('}', StringComparison.Ordinal) + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0], CultureInfo.InvariantCulture));
    }

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
    }

    private void KillLeftover(object? sender, EventArgs e)
    {
        if (_process is { HasExited: false })
        {
            _process.Kill();
        }
    }
}
