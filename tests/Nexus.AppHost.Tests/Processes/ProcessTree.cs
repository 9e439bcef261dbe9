using System.Globalization;

namespace Nexus.AppHost.Tests.Processes;

/// <summary>Which processes descend from one, from Linux's <c>/proc/{id}/stat</c>: <c>42 (name) S 1 …</c>, with the start time in field 22.</summary>
internal static class ProcessTree
{
    public static IReadOnlyList<ProcessIdentity> DescendantsOf(int root)
    {
        var all = Directory.EnumerateDirectories("/proc").Select(Path.GetFileName)
            .Where(name => name!.All(char.IsAsciiDigit)).Select(name => Read(int.Parse(name!, CultureInfo.InvariantCulture))).OfType<Entry>().ToList();
        var found = new List<ProcessIdentity>();
        var parents = new Queue<int>([root]);
        while (parents.TryDequeue(out var parent))
        {
            foreach (var child in all.Where(entry => entry.Parent == parent))
            {
                found.Add(child.Identity);
                parents.Enqueue(child.Identity.Id);
            }
        }

        return found;
    }

    /// <summary>A zombie has ended; only its parent has not asked for its exit code yet.</summary>
    public static bool IsAlive(ProcessIdentity process) =>
        Read(process.Id) is { State: not 'Z' } entry && entry.Identity.StartTime == process.StartTime;

    private static Entry? Read(int id)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{id}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            var command = File.ReadAllText($"/proc/{id}/cmdline").Replace('\0', ' ');
            return new(new(id, long.Parse(fields[19], CultureInfo.InvariantCulture), command), fields[0][0], int.Parse(fields[1], CultureInfo.InvariantCulture));
        }
        catch (IOException)
        {
            return null;
        }
    }

    private sealed record Entry(ProcessIdentity Identity, char State, int Parent);
}
