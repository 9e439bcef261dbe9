namespace Nexus.Monitoring.Api.Http.Demo.Chaos;

/// <summary>The newest effects. Thread-safe.</summary>
internal sealed class ChaosEffects(TimeProvider time)
{
    /// <summary>Most that are remembered.</summary>
    private const int Most = 100;

    private readonly Lock _gate = new();
    private readonly List<ChaosEffect> _effects = [];
    private int _last;

    public ChaosEffect Add(string what, IReadOnlyDictionary<string, string> parameters, TimeSpan duration, SimulatorAnswer? answer)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            var effect = new ChaosEffect
            {
                Id = ++_last,
                What = what,
                Parameters = parameters,
                StartedAt = now,
                EndsAt = now + duration,
                WorkerId = answer?.WorkerId,
                TaskIds = answer?.TaskIds ?? [],
            };
            _effects.Insert(0, effect);
            if (_effects.Count > Most)
            {
                _effects.RemoveAt(Most);
            }

            return effect;
        }
    }

    /// <summary>Says of an effect that it has ended, or what was seen of it.</summary>
    public void Change(int id, Func<ChaosEffect, ChaosEffect> change)
    {
        lock (_gate)
        {
            if (_effects.FindIndex(effect => effect.Id == id) is >= 0 and var at)
            {
                _effects[at] = change(_effects[at]);
            }
        }
    }

    public ChaosList List()
    {
        var now = time.GetUtcNow();
        lock (_gate)
        {
            return new ChaosList(
                ChaosCatalog.All, [.. _effects.Where(effect => effect.EndsAt > now)], [.. _effects.Where(effect => effect.EndsAt <= now)]);
        }
    }
}
