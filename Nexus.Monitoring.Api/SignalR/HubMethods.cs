using Nexus.Monitoring.Contracts.Frames;

namespace Nexus.Monitoring.Api.SignalR;

/// <summary>Methods that the hub calls on its clients; each takes the frame of that name.</summary>
internal static class HubMethods
{
    public const string Events = "Events";
    public const string Gap = "Gap";
    public const string Resumed = "Resumed";
    public const string Ping = "Ping";
    public const string Status = "Status";
    public const string Clock = "Clock";

    public static string? Of(StreamFrame frame) => frame switch
    {
        GapFrame => Gap,
        ResumedFrame => Resumed,
        PingFrame => Ping,
        StatusFrame => Status,
        ClockFrame => Clock,
        _ => null,
    };
}
