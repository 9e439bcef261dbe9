using Nexus.Fanout.Results;

namespace Nexus.Fanout.Runs;

/// <summary>Opens all connections, leaves them alone, and asks what the server's memory has grown by.</summary>
internal sealed class IdleRun(Rig rig)
{
    public IdleResult Execute()
    {
        var before = rig.Servers.ResidentBytes()!.Value;
        var connecting = rig.ConnectAll();
        rig.PumpFor(rig.Options.Duration);
        var after = rig.Servers.ResidentBytes()!.Value;
        return new IdleResult
        {
            Run = RunDescription.Of(rig.Options),
            BytesBefore = before,
            BytesAfter = after,
            BytesPerConnection = (double)(after - before) / rig.Options.Clients,
            ConnectMs = connecting / 1000.0,
            Closed = rig.Clients.ClosedByServer,
        };
    }
}
