namespace Nexus.Monitoring.Contracts.State;

/// <summary>One string for all equal ones, for words of which there are few and which many entries hold. At most <see cref="Capacity"/>.</summary>
internal sealed class NamePool
{
    public const int Capacity = 1_024;

    private readonly HashSet<string> _names = [];
    private string? _lastError;
    private Verdict? _lastVerdict;

    public string? Share(string? name)
    {
        if (name is not null && _names.TryGetValue(name, out var shared))
        {
            return shared;
        }

        if (name is not null && _names.Count < Capacity)
        {
            _names.Add(name);
        }

        return name;
    }

    /// <summary>One string for errors that follow one another and are equal, as those of tasks that were lost together are.</summary>
    public string? ShareError(string? error) => error is null ? null : _lastError = error == _lastError ? _lastError : error;

    /// <summary>One object for verdicts that follow one another and are equal.</summary>
    public Verdict? ShareVerdict(Verdict? verdict) => verdict is null ? null : _lastVerdict = verdict == _lastVerdict ? _lastVerdict : verdict;
}
