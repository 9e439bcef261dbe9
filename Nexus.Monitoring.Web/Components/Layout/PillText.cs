using Nexus.Monitoring.Web.Formatting;
using Nexus.Monitoring.Web.Live;
using Nexus.Monitoring.Web.TimeMachine;

namespace Nexus.Monitoring.Web.Components.Layout;

/// <summary>The five states of the connection in words.</summary>
internal static class PillText
{
    public static (string Class, string Word, string Detail, string Title) Of(FeedStatus status, bool isPaused, long waiting, Times times) => status switch
    {
        { Replay: { Mode: TimeMode.Playing } replay } =>
            ("is-replay", $"replay {replay.Speed:0.#}×", times.Clock(replay.At), "The past goes by; press l to go back to live"),
        { Replay: { } replay } => ("is-replay", "stands at", times.Clock(replay.At), "An instant of the past; press l to go back to live"),
        { Phase: FeedPhase.Connecting } =>
            ("is-idle", "connecting", status.Attempt > 0 ? $"attempt {status.Attempt}" : "", status.Problem ?? "Waiting for the API"),
        { IsLogAway: true } => ("is-lost", "no log", "waiting", status.Problem ?? "The API cannot reach the log"),
        { IsStale: true } => ("is-lost", "reconnecting", $"attempt {Math.Max(1, status.Attempt)}", status.Problem ?? "The stream is lost"),
        _ when isPaused => ("is-paused", "paused", $"{Numbers.Whole(waiting)} new", "The view stands still; nothing is lost. Press p to go on."),
        { IsBehind: true } => ("is-behind", "behind", Durations.Text(status.Latency!.Value), "Live, but late; catching up"),
        { Latency: { } latency } => ("", "live", Durations.Text(latency), "From the log to this dashboard, median of the last 10 s"),
        _ => ("", "live", "", "Connected; nothing has happened in the last 10 s"),
    };
}
