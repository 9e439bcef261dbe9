using Nexus.Monitoring.Api.History.Storage;
using Nexus.Monitoring.Api.History.Writing;

namespace Nexus.Monitoring.Api.History.Reading;

/// <summary>Where in the log there can be events of tasks, so that all between is passed over.</summary>
internal static class TaskPlaces
{
    /// <summary>Milliseconds, the first range first; between any two there is nothing about any of the tasks.</summary>
    public static List<(long FirstMs, long LastMs)> Of(BoundConnection bound, IReadOnlyList<string> taskIds)
    {
        var hashes = taskIds.Select(IdHash.Whole).ToList();
        var places = new List<(long FirstMs, long LastMs)>();
        var (noted, buffer) = (0L, Array.Empty<byte>());
        bound.Each(new SqlText().Add("SELECT first_ms, last_ms, bits FROM task_filters ORDER BY last_ms"), row =>
        {
            var (first, last) = (row.GetInt64(0), row.GetInt64(1));
            noted = last;
            if (row.IsDBNull(2) || MayBeAbout(row.Bytes(2, ref buffer), hashes))
            {
                Add(places, first, last);
            }
        });

        // What is newer than all that is noted.
        Add(places, noted, long.MaxValue);
        return places;
    }

    private static bool MayBeAbout(ReadOnlySpan<byte> bits, List<ulong> hashes)
    {
        foreach (var hash in hashes)
        {
            if (BloomFilter.MayContain(bits, hash))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Parts that meet are one: a millisecond in which one ends and the next begins is looked through once.</summary>
    private static void Add(List<(long FirstMs, long LastMs)> places, long first, long last)
    {
        if (places.Count > 0 && first <= places[^1].LastMs)
        {
            places[^1] = (places[^1].FirstMs, last);
        }
        else
        {
            places.Add((first, last));
        }
    }
}
