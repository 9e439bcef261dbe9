using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Testing.Delivery;

/// <summary>
/// Holds what readers were sent against what producers were told: every acknowledged event was delivered or named by a gap, none came
/// twice, all readers saw one order, and each reader's stream chains.
/// </summary>
public static class DeliveryJudge
{
    /// <summary>Every promise that was broken; empty when all were kept.</summary>
    public static IReadOnlyList<Breach> Judge(DeliveryLedger ledger, params IEnumerable<ReaderJournal> readers) =>
        Judge(ledger, LogPosition.End, readers);

    /// <summary>The same while the log grows.</summary>
    /// <param name="ledger">What producers were told.</param>
    /// <param name="upto">What was acknowledged after this is not asked for.</param>
    /// <param name="readers">What readers were sent.</param>
    public static IReadOnlyList<Breach> Judge(DeliveryLedger ledger, LogPosition upto, params IEnumerable<ReaderJournal> readers)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        var breaches = new List<Breach>();
        var walks = readers.Select(reader => (reader, new JournalWalk(reader, breaches))).ToList();

        // After the journals: what was delivered was published before.
        var (acknowledged, published) = ledger.Copy();
        var log = new SharedOrder(breaches);
        foreach (var one in acknowledged.Where(one => one.At is not null))
        {
            log.Add("producer", one.EventId, one.At!.Value);
        }

        foreach (var (reader, walk) in walks)
        {
            var delivered = new HashSet<string>();
            foreach (var one in walk.Delivered)
            {
                if (!delivered.Add(one.EventId))
                {
                    breaches.Add(new Breach(BreachKind.Duplicate, reader.Name, $"{one.EventId} came again at {one.At}"));
                }

                if (!published.TryGetValue(one.EventId, out var e))
                {
                    breaches.Add(new Breach(BreachKind.Invented, reader.Name, $"{one.EventId} at {one.At} was published by nobody"));
                }
                else if (!reader.Filter.Matches(e, one.At.Time))
                {
                    breaches.Add(new Breach(BreachKind.NotAsked, reader.Name, $"{one.EventId} at {one.At} does not match {reader.Filter}"));
                }

                log.Add(reader.Name, one.EventId, one.At);
            }

            foreach (var one in acknowledged)
            {
                if (one.IsWantedBy(reader.Filter) && !delivered.Contains(one.EventId) && !(one.At > upto) && IsLost(one, walk))
                {
                    breaches.Add(new Breach(
                        BreachKind.Lost, reader.Name, $"{one.EventId} at {one.At} never came; the reader saw ({walk.Begin}, {walk.End}]"));
                }
            }
        }

        return breaches;
    }

    /// <summary>An event whose position nobody knows can only be asked of a reader that saw everything.</summary>
    private static bool IsLost(DeliveryLedger.AcknowledgedEvent one, JournalWalk walk) => one.At is { } at
        ? (walk.Begin is not { } begin || at > begin) && !walk.IsInGap(at)
        : !walk.HasGaps && walk.Begin == LogPosition.Start;

    /// <summary>What stands where, as anybody said first.</summary>
    private sealed class SharedOrder(List<Breach> breaches)
    {
        private readonly Dictionary<LogPosition, (string EventId, string By)> _byPosition = [];
        private readonly Dictionary<string, (LogPosition At, string By)> _byId = [];

        public void Add(string by, string eventId, LogPosition at)
        {
            if (!_byPosition.TryAdd(at, (eventId, by)) && _byPosition[at] is var (other, otherBy) && other != eventId)
            {
                breaches.Add(new Breach(BreachKind.Disagreement, by, $"{eventId} stands at {at}, where {otherBy} has {other}"));
            }

            if (!_byId.TryAdd(eventId, (at, by)) && _byId[eventId] is var (place, placeBy) && place != at)
            {
                breaches.Add(new Breach(BreachKind.Disagreement, by, $"{eventId} stands at {at}, and for {placeBy} at {place}"));
            }
        }
    }
}
