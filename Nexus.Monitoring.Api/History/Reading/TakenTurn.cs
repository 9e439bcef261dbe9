namespace Nexus.Monitoring.Api.History.Reading;

/// <summary>One of the turns that can be taken at the same time, until it is disposed.</summary>
internal sealed class TakenTurn(SemaphoreSlim turns) : IDisposable
{
    private int _isOver;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isOver, 1) == 0)
        {
            turns.Release();
        }
    }
}
