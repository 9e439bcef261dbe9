namespace Nexus.Monitoring.Client.Scopes;

/// <summary>Hears of scopes that are used against their contract; implemented by our publisher.</summary>
internal interface IScopeObserver
{
    void EndedAgain(string what);
}
