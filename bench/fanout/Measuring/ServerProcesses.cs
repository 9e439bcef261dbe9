using System.Globalization;

namespace Nexus.Fanout.Measuring;

/// <summary>Memory and processor time of other processes, from <c>/proc</c>.</summary>
internal sealed class ServerProcesses(IReadOnlyList<int> pids)
{
    /// <summary>The kernel's unit of processor time in <c>/proc</c>, the same on every architecture that .NET runs on.</summary>
    private const double TicksPerSecond = 100;

    private const int UserTimeField = 11;
    private const int SystemTimeField = 12;

    /// <summary>Resident bytes of all of them; null when none were named.</summary>
    public long? ResidentBytes() => pids.Count == 0 ? null : pids.Sum(pid =>
        long.Parse(Read(pid, "statm").Split(' ')[1], CultureInfo.InvariantCulture) * Environment.SystemPageSize);

    /// <summary>Processor seconds that all of them have used; null when none were named.</summary>
    public double? ProcessorSeconds() => pids.Count == 0 ? null : pids.Sum(ProcessorSeconds);

    private static double ProcessorSeconds(int pid)
    {
        // "4711 (a name) S 1 …": the name may hold anything, so fields are counted from its end.
        var stat = Read(pid, "stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (long.Parse(fields[UserTimeField], CultureInfo.InvariantCulture) + long.Parse(fields[SystemTimeField], CultureInfo.InvariantCulture)) / TicksPerSecond;
    }

    private static string Read(int pid, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/{file}");
        }
        catch (IOException)
        {
            throw new FanoutException($"--server-pid {pid}: no such process runs (any more).");
        }
    }
}
