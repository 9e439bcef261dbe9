namespace Nexus.Coordinator.Sim.Work;

/// <summary>
/// SplitMix64. A draw depends on its key alone, never on which thread came first, so that equal seeds give equal runs; and unlike
/// <see cref="Random"/> the sequence is part of no one else's contract.
/// </summary>
/// <seealso href="https://prng.di.unimi.it/splitmix64.c"/>
internal struct SeededRandom(ulong seed)
{
    private const ulong Gamma = 0x9E3779B97F4A7C15;

    private ulong _state = seed;

    /// <summary>A seed of its own for something that belongs to <paramref name="parent"/>.</summary>
    public static ulong Derive(ulong parent, ulong key) => Mix(Mix(parent + Gamma) ^ Mix(key + 1));

    public ulong NextUInt64() => Mix(_state += Gamma);

    /// <summary>At least 0, less than 1.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>From <paramref name="least"/> to <paramref name="most"/>, both included.</summary>
    public int Next(int least, int most) => least + (int)(NextUInt64() % (ulong)(most - least + 1));

    public T Pick<T>(IReadOnlyList<T> items) => items[Next(0, items.Count - 1)];

    /// <summary>Standard normal, by Box and Muller.</summary>
    public double NextNormal() => Math.Sqrt(-2 * Math.Log(1 - NextDouble())) * Math.Cos(2 * Math.PI * NextDouble());

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
