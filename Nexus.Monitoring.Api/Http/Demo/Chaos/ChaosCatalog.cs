namespace Nexus.Monitoring.Api.Http.Demo.Chaos;

/// <summary>Everything that can be broken, each in its own words.</summary>
internal static class ChaosCatalog
{
    public const string KillWorker = "kill-worker";
    public const string PauseWorker = "pause-worker";
    public const string SkewClock = "skew-clock";
    public const string CutRedis = "cut-redis";
    public const string FreezeClient = "freeze-client";
    public const string DuplicateEvents = "duplicate-events";
    public const string ReorderEvents = "reorder-events";

    public const string Worker = "worker";
    public const string Seconds = "seconds";
    public const string Offset = "offset_seconds";
    public const string Window = "window_ms";
    public const string Who = "who";

    public const string Everybody = "all";
    public const string Api = "api";
    public const string Simulator = "simulator";

    private const int Day = 86_400;

    public static IReadOnlyList<ChaosAction> All { get; } =
    [
        new(KillWorker, "A worker dies on the spot: no event, no farewell, its tasks stay in its hands.", [Victim]),
        new(PauseWorker, "A worker stands still, heartbeat included, and then goes on as if nothing had happened.", [Victim, Lasting(45, 600)]),
        new(
            SkewClock,
            "The simulator's clock is set wrong: its events carry that time.",
            [new(Offset, "By how much: negative is behind, positive ahead.", IsRequired: true, Least: -Day, Most: Day), Lasting(120, 3_600)]),
        new(
            CutRedis,
            "Connections to Redis are closed and no new ones get through.",
            [new(Who, "Who is cut off.", Everybody, Words: [Everybody, Api, Simulator]), Lasting(10, 120)]),
        new(FreezeClient, "A client asks this node for the whole log, reads a little, and then takes nothing.", [Lasting(45, 300)]),
        new(DuplicateEvents, "The simulator publishes each event twice, under the same id.", [Lasting(30, 600)]),
        new(
            ReorderEvents,
            "The simulator publishes the events of each window in random order.",
            [new(Window, "Width of a window.", "1000", Least: 10, Most: 10_000), Lasting(30, 600)]),
    ];

    private static ChaosParameter Victim =>
        new(Worker, "Which one; the one with most tasks in its hands when absent.", Least: 0, Most: int.MaxValue);

    public static ChaosAction? Find(string what) => All.FirstOrDefault(action => action.What == what);

    private static ChaosParameter Lasting(int usual, int most) => new(Seconds, "How long.", $"{usual}", Least: 1, Most: most);
}
