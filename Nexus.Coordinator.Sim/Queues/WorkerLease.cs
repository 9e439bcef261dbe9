using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Nexus.Coordinator.Sim.Queues;

/// <summary>
/// One life of a worker. The id is small and used again; the token is not, so that a worker which was declared lost, and lives, can
/// neither settle nor take jobs in the name of its successor. A worker that does several things at once has a hand for each.
/// </summary>
/// <param name="WorkerId">The worker.</param>
/// <param name="Token">Its life.</param>
/// <param name="Hand">Which of its hands, from 0; each holds one job.</param>
internal sealed record WorkerLease(int WorkerId, string Token, int Hand = 0)
{
    /// <summary>What is the same for all hands: <c>7:5be1…</c></summary>
    public string Registration => string.Create(CultureInfo.InvariantCulture, $"{WorkerId}:{Token}");

    public IEnumerable<WorkerLease> Hands(int count) => Enumerable.Range(0, count).Select(hand => this with { Hand = hand });

    /// <summary><c>7:5be1…</c>, or <c>7:5be1…/3</c> for another hand than the first.</summary>
    public override string ToString() => Hand == 0 ? Registration : string.Create(CultureInfo.InvariantCulture, $"{Registration}/{Hand}");

    public static bool TryParse(string text, [NotNullWhen(true)] out WorkerLease? lease)
    {
        lease = null;
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var hand = 0;
        if (colon > 0
            && int.TryParse(text.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            && (slash < 0 || int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out hand)))
        {
            lease = new WorkerLease(id, text[(colon + 1)..(slash < 0 ? text.Length : slash)], hand);
        }

        return lease is not null;
    }
}
