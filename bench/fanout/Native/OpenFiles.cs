using System.Runtime.InteropServices;

namespace Nexus.Fanout.Native;

/// <summary>The process's limit of open descriptors.</summary>
internal static unsafe class OpenFiles
{
    /// <summary>For the runtime's own files, the publisher's socket and epoll.</summary>
    private const int Reserve = 256;

    /// <summary>Raises the limit as far as this many connections need.</summary>
    public static void AllowFor(int connections)
    {
        var needed = (nuint)(connections + Reserve);
        ResourceLimit limit;
        if (Libc.GetLimit(ResourceLimit.OpenFiles, &limit) == 0 && limit.Current >= needed)
        {
            return;
        }

        var most = limit.Most;
        limit.Current = needed;
        limit.Most = most > needed ? most : needed;
        if (Libc.SetLimit(ResourceLimit.OpenFiles, &limit) != 0)
        {
            throw new FanoutException(
                $"{connections} clients need {needed} open files and the limit is {most} ({Libc.Explain(Marshal.GetLastPInvokeError())}); raise it with 'ulimit -n {needed}', or ask for fewer --clients.");
        }
    }
}
