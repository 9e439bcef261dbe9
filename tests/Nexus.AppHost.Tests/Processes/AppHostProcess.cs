using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Nexus.AppHost.Tests.Processes;

/// <summary>The AppHost as a person starts it: a process of its own, with everything that it starts in turn.</summary>
internal sealed partial class AppHostProcess : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(3);

    private readonly TemporaryFolder _data = new();
    private readonly List<string> _lines = [];
    private readonly Process _process;

    /// <summary>Collected whenever asked for, because what is left behind no longer descends from anything.</summary>
    private readonly HashSet<ProcessIdentity> _children = [];

    private AppHostProcess(IEnumerable<string> args, IEnumerable<KeyValuePair<string, string>> environment, bool withDashboard)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Nexus.AppHost.dll");
        // A shell that starts the tests in the background has them ignore Ctrl+C, and so would every process they start
        var start = new ProcessStartInfo("env", ["--default-signal=INT", "dotnet", program, $"--Nexus:Redis:Data={_data.Path}", .. args])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (!withDashboard)
        {
            start.Environment["ASPIRE_CLI_PATH"] = "";
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        _process = new() { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Add(line.Data);
        _process.ErrorDataReceived += (_, line) => Add(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Output
    {
        get
        {
            lock (_lines)
            {
                return string.Join('\n', _lines);
            }
        }
    }

    public static string[] FreePorts => [$"--Nexus:Api:Port={FreePort.Next()}", $"--Nexus:Web:Port={FreePort.Next()}"];

    public static AppHostProcess Start(params string[] args) => new(args, [], withDashboard: false);

    public static AppHostProcess Start(string[] args, params KeyValuePair<string, string>[] environment) =>
        new(args, environment, withDashboard: false);

    /// <summary>With the Aspire dashboard, where it is installed.</summary>
    public static AppHostProcess StartWithDashboard(params string[] args) => new(args, [], withDashboard: true);

    public async Task IsRunningAsync() => await SaysAsync("Running; Ctrl+C stops it.");

    public async Task SaysAsync(string text)
    {
        await Eventually.IsTrueAsync(
            () => _process.HasExited || Output.Contains(text, StringComparison.Ordinal), $"the AppHost says: {text}\n{Output}", Deadline);
        Assert.Contains(text, Output, StringComparison.Ordinal);
    }

    public Uri AddressOf(string resource) => new(Address().Matches(Output).Single(match => match.Groups["name"].Value == resource).Groups["url"].Value);

    public ProcessIdentity ChildOf(string project) =>
        Children().Single(child => child.Command.Contains($"{project}.dll", StringComparison.Ordinal));

    public IReadOnlySet<ProcessIdentity> Children()
    {
        _children.UnionWith(ProcessTree.DescendantsOf(_process.Id));
        return _children;
    }

    public void Interrupt() => Signal(_process.Id, "INT");

    public void Kill() => Signal(_process.Id, "KILL");

    public static void Kill(ProcessIdentity process) => Signal(process.Id, "KILL");

    public async Task<int> EndsAsync()
    {
        await Eventually.IsTrueAsync(() => _process.HasExited, $"the AppHost ends\n{Output}", Deadline);
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    public async Task LeavesNothingBehindAsync()
    {
        await Eventually.IsTrueAsync(
            () => !_children.Any(ProcessTree.IsAlive),
            $"all that it started has ended: {string.Join(", ", _children.Where(ProcessTree.IsAlive).Select(child => child.Command))}");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            Children();
            _process.Kill(entireProcessTree: true);
        }

        foreach (var child in _children.Where(ProcessTree.IsAlive))
        {
            Kill(child);
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
        _data.Dispose();
    }

    [GeneratedRegex(@"^apphost +\|   (?<name>\S+) +(?<url>http\S+)$", RegexOptions.Multiline)]
    private static partial Regex Address();

    private static void Signal(int id, string signal)
    {
        using var kill = Process.Start("kill", ["-s", signal, id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    private void Add(string? line)
    {
        if (line is not null)
        {
            lock (_lines)
            {
                _lines.Add(line);
            }
        }
    }
}
