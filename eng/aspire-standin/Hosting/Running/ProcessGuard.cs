using System.Diagnostics;

namespace Aspire.Hosting.Running;

/// <summary>
/// Ends every child when this process goes, however it goes. A small shell process reads the children's ids from a pipe; when the pipe
/// breaks, which the system sees to even after <c>kill -9</c>, it ends what is left. On Windows children are ended at a normal stop only.
/// </summary>
internal sealed class ProcessGuard : IDisposable
{
    /// <summary>TERM, up to 5 s, then KILL. An id with a minus is a process group, which reaches grandchildren too.</summary>
    private const string Script = """
        trap '' HUP INT QUIT TERM
        children=
        while read -r order child; do
          rest=
          for known in $children; do [ "$known" = "$child" ] || rest="$rest $known"; done
          children=$rest
          [ "$order" = add ] && children="$children $child"
        done
        for child in $children; do kill -TERM "$child" 2>/dev/null; done
        for child in $children; do
          tries=0
          while [ $tries -lt 50 ] && kill -0 "$child" 2>/dev/null; do sleep 0.1; tries=$((tries + 1)); done
        done
        for child in $children; do kill -KILL "$child" 2>/dev/null; done
        """;

    private readonly Lock _writing = new();
    private Process? _shell;

    public void Add(int target) => Write("add", target);

    public void Remove(int target) => Write("remove", target);

    public void Dispose()
    {
        lock (_writing)
        {
            _shell?.StandardInput.Dispose();
            _shell?.Dispose();
            _shell = null;
        }
    }

    private void Write(string order, int target)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        lock (_writing)
        {
            _shell ??= Process.Start(Unix.InOwnSession(new("/bin/sh", ["-c", Script]) { RedirectStandardInput = true }))!;
            _shell.StandardInput.WriteLine(FormattableString.Invariant($"{order} {target}"));
            _shell.StandardInput.Flush();
        }
    }
}
