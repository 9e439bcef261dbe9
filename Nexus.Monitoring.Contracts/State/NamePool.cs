namespace Nexus.Monitoring.Contracts.State;

/// <summary>One string for all equal ones, for words of which there are few and which many entries hold. At most <see cref="Capacity"/>.</summary>
internal sealed class NamePool
{
    public const int Capacity = 1_024;

    private readonly HashSet<string> _names = [];

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
}
