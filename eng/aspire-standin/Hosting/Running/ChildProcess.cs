using System.ComponentModel;
using System.Diagnostics;

namespace Aspire.Hosting.Running;

internal sealed class ChildProcess : IDisposable
{
    private readonly ProcessGuard _guard;
    private readonly Process _process;

    private ChildProcess(ProcessGuard guard, Process process)
    {
        _guard = guard;
        _process = process;
        Exited = WaitAsync();
    }

    /// <summary>Its exit code, once it has ended and all its output was read.</summary>
    public Task<int> Exited { get; }

    private int Target => Unix.HasSessions ? -_process.Id : _process.Id;

    public static ChildProcess Start(ProcessGuard guard, ProcessStartInfo start, Action<string, bool> onLine)
    {
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        var program = start.FileName;
        var process = new Process { StartInfo = Unix.InOwnSession(start) };
        process.OutputDataReceived += (_, output) => Report(output.Data, false);
        process.ErrorDataReceived += (_, output) => Report(output.Data, true);
        try
        {
            process.Start();
        }
        catch (Win32Exception problem)
        {
            process.Dispose();
            throw new DistributedApplicationException($"'{program}' cannot be started: {problem.Message}", problem);
        }

        var child = new ChildProcess(guard, process);
        guard.Add(child.Target);
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return child;

        void Report(string? line, bool isError)
        {
            if (line is not null)
            {
                onLine(line, isError);
            }
        }
    }

    /// <summary>Asks it to stop, and ends it with all its children when it has not done so by the deadline. False says that it had to.</summary>
    public async Task<bool> StopAsync(TimeSpan deadline)
    {
        if (Exited.IsCompleted)
        {
            return true;
        }

        if (OperatingSystem.IsWindows())
        {
            _process.Kill(entireProcessTree: true);
        }
        else
        {
            Unix.Signal(Target, Unix.Terminate);
        }

        if (await Task.WhenAny(Exited, Task.Delay(deadline)) == Exited)
        {
            return true;
        }

        Kill();
        await Exited;
        return false;
    }

    public void Dispose() => _process.Dispose();

    private void Kill()
    {
        _process.Kill(entireProcessTree: true);
        if (Unix.HasSessions)
        {
            Unix.Signal(Target, Unix.Kill);
        }
    }

    private async Task<int> WaitAsync()
    {
        await _process.WaitForExitAsync();
        _guard.Remove(Target);
        return _process.ExitCode;
    }
}
