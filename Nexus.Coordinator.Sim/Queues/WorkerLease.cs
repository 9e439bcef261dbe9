using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Nexus.Coordinator.Sim.Queues;

/// <summary>
/// One life of a worker. The id is small and used again; the token is not, so that a worker which was declared lost, and lives, can
/// neither settle nor take jobs in the name of its successor.
/// </summary>
internal sealed record WorkerLease(int WorkerId, string Token)
{
    /// <summary><c>7:5be1…</c></summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{WorkerId}:{Token}");

    public static bool TryParse(string text, [NotNullWhen(true)] out WorkerLease? lease)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        lease = colon > 0 && int.TryParse(text.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? new WorkerLease(id, text[(colon + 1)..])
            : null;
        return lease is not null;
    }
}
