using Nexus.Monitoring.Contracts.Frames;

namespace Nexus.Monitoring.Web.TimeMachine;

/// <summary>The past, going by.</summary>
internal interface ITimeReplay : IAsyncDisposable
{
    IAsyncEnumerable<StreamFrame> ReadAsync(CancellationToken cancellationToken);

    Task SetSpeedAsync(double speed, CancellationToken cancellationToken);
}
