using CsCheck;
using Nexus.Monitoring.Client.Reading;
using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Client.Tests.Reading;

/// <summary>
/// Whatever a node sends and wherever a connection ends: the reader sees each event once and in order, or a gap that names it, and its
/// intervals chain.
/// </summary>
public sealed class StreamResumeProperties
{
    /// <summary>What the node does next, from where it stands in a log of the positions 1, 2, 3 …</summary>
    private enum Move
    {
        /// <summary>Sends an interval.</summary>
        Send,

        /// <summary>Sends an interval that begins earlier than it should.</summary>
        SendAgain,

        /// <summary>Leaves an interval out.</summary>
        Omit,

        /// <summary>Says that an interval is no longer kept.</summary>
        Gap,

        /// <summary>Says how far it is.</summary>
        Ping,

        /// <summary>The connection ends.</summary>
        Cut,
    }

    private static readonly Gen<(Move Move, int Length, int Holes)[]> Scripts = Gen.Select(
        Gen.Frequency(
            (6, Gen.Const(Move.Send)), (1, Gen.Const(Move.SendAgain)), (1, Gen.Const(Move.Omit)), (1, Gen.Const(Move.Gap)), (1, Gen.Const(Move.Ping)),
            (2, Gen.Const(Move.Cut))),
        Gen.Int[0, 6],
        Gen.Int[0, 63]).Array[1, 60];

    [Fact]
    public void Read_AnyConnections_SeesEverythingOnceOrAGap() => Scripts.Sample(script =>
    {
        var chain = new StreamChain(LogPosition.Start);
        var seen = new List<StreamFrame>();
        var matching = new HashSet<int>();
        var head = 0;
        var at = 0;
        var hasOmitted = false;
        foreach (var (move, length, holes) in script)
        {
            // A ping is taken at its word, so a node that left something out must not send one.
            if (move == Move.Cut || (move == Move.Ping && hasOmitted))
            {
                at = Reconnect(chain);
                hasOmitted = false;
                continue;
            }

            var upto = at + length;
            for (var position = head + 1; position <= upto; position++)
            {
                if ((holes >> (position % 6) & 1) == 0)
                {
                    matching.Add(position);
                }
            }

            head = Math.Max(head, upto);
            if (move == Move.Omit)
            {
                at = upto;
                hasOmitted = true;
                continue;
            }

            if (!chain.TryAccept(Frame(move, at, upto, matching), out var accepted))
            {
                at = Reconnect(chain);
                hasOmitted = false;
                continue;
            }

            hasOmitted = false;
            seen.AddRange(accepted);
            at = move == Move.Ping ? at : upto;
        }

        // At the end a good node answers.
        at = Reconnect(chain);
        Assert.True(chain.TryAccept(Frame(Move.Send, at, head, matching), out var rest));
        seen.AddRange(rest);
        AreComplete(seen, matching, head);
    }, iter: 5_000);

    private static int Reconnect(StreamChain chain)
    {
        chain.Begin();
        return (int)chain.Position!.Value.Milliseconds;
    }

    private static StreamFrame Frame(Move move, int after, int upto, HashSet<int> matching) => move switch
    {
        Move.Gap => new GapFrame { After = Frames.At(after), Upto = Frames.At(upto), Reason = GapReasons.Retention },
        Move.Ping => new PingFrame { Cursor = Frames.At(after) },
        Move.SendAgain => Interval(Math.Max(0, after - 3), upto, matching),
        _ => Interval(after, upto, matching),
    };

    private static EventsFrame Interval(int after, int upto, HashSet<int> matching) =>
        Frames.Events(after, upto, [.. matching.Where(position => position > after && position <= upto).Order()]);

    private static void AreComplete(List<StreamFrame> seen, HashSet<int> matching, int head)
    {
        var expected = 0;
        var events = new List<int>();
        var missing = new HashSet<int>();
        foreach (var frame in seen)
        {
            switch (frame)
            {
                case EventsFrame interval:
                    Assert.Equal(Frames.At(expected), interval.After);
                    events.AddRange(interval.Events.Select(e => int.Parse(e.TaskId!, System.Globalization.CultureInfo.InvariantCulture)));
                    expected = (int)interval.Upto.Milliseconds;
                    break;
                case GapFrame gap:
                    Assert.Equal(Frames.At(expected), gap.After);
                    missing.UnionWith(Enumerable.Range(expected + 1, Math.Max(0, (int)gap.Upto.Milliseconds - expected)));
                    expected = (int)gap.Upto.Milliseconds;
                    break;
            }
        }

        Assert.Equal(head, expected);
        Assert.Equal(events.Distinct().Order(), events);
        Assert.Equal(matching.Order(), events.Concat(matching.Where(missing.Contains)).Order());
    }
}
