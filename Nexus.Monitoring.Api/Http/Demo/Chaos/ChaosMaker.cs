using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Hosting.Server;
using Nexus.Monitoring.Api.Streaming;
using Nexus.ServiceDefaults.Chaos;

namespace Nexus.Monitoring.Api.Http.Demo.Chaos;

/// <summary>Breaks things, here and in the simulator, and mends them.</summary>
internal sealed class ChaosMaker(
    SimulatorChaos simulator, ChaosEffects effects, RedisCut cut, IServer server, LogFeed feed, TimeProvider time) : IDisposable
{
    private readonly ConcurrentDictionary<int, CancellationTokenSource> _frozen = new();

    /// <returns>What was broken; or why not, with the status to answer.</returns>
    public async Task<(ChaosEffect? Effect, int Status, string? Problem)> BreakAsync(
        ChaosAction action, IReadOnlyDictionary<string, string> parameters, CancellationToken cancellationToken)
    {
        var seconds = parameters.TryGetValue(ChaosCatalog.Seconds, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : 0;
        var duration = TimeSpan.FromSeconds(seconds);
        SimulatorAnswer? answer = null;
        if (ConcernsSimulator(action.What, parameters))
        {
            (answer, var status, var problem) = await simulator.AskAsync(action.What, ForSimulator(parameters), cancellationToken);
            if (answer is null)
            {
                return (null, status, problem);
            }
        }

        var effect = effects.Add(action.What, parameters, duration, answer);
        if (CutsHere(effect))
        {
            cut.For(duration);
        }
        else if (action.What == ChaosCatalog.FreezeClient)
        {
            _ = FreezeAsync(effect, duration);
        }

        return (effect, StatusCodes.Status202Accepted, null);
    }

    /// <summary>Ends what still lasts of these effects.</summary>
    /// <returns>Why the simulator could not be told, if so.</returns>
    public async Task<(int Status, string? Problem)> MendAsync(IEnumerable<ChaosEffect> running, CancellationToken cancellationToken)
    {
        foreach (var effect in running)
        {
            if (ConcernsSimulator(effect.What, effect.Parameters))
            {
                var parameters = ForSimulator(effect.Parameters).ToDictionary();
                parameters[ChaosCatalog.Seconds] = "0";
                if (effect.WorkerId is { } victim)
                {
                    parameters[ChaosCatalog.Worker] = victim.ToString(CultureInfo.InvariantCulture);
                }

                // A worker that is gone meanwhile needs no mending.
                var (answer, status, problem) = await simulator.AskAsync(effect.What, parameters, cancellationToken);
                if (answer is null && status != StatusCodes.Status404NotFound)
                {
                    return (status, problem);
                }
            }

            if (CutsHere(effect))
            {
                cut.For(TimeSpan.Zero);
            }

            if (_frozen.TryGetValue(effect.Id, out var frozen))
            {
                await frozen.CancelAsync();
            }

            effects.Change(effect.Id, one => one with { EndsAt = time.GetUtcNow() });
        }

        return (StatusCodes.Status200OK, null);
    }

    public void Dispose()
    {
        foreach (var frozen in _frozen.Values)
        {
            frozen.Cancel();
        }
    }

    /// <summary>Ends with a sentence in the effect, whatever happens.</summary>
    private async Task FreezeAsync(ChaosEffect effect, TimeSpan duration)
    {
        using var thaw = new CancellationTokenSource();
        _frozen[effect.Id] = thaw;
        var outcome = await new FrozenClient(server, feed, time).RunAsync(duration, thaw.Token);
        _frozen.TryRemove(effect.Id, out _);
        effects.Change(effect.Id, one => one with { Outcome = outcome });
    }

    private static bool ConcernsSimulator(string what, IReadOnlyDictionary<string, string> parameters) => what switch
    {
        ChaosCatalog.FreezeClient => false,
        ChaosCatalog.CutRedis => parameters[ChaosCatalog.Who] != ChaosCatalog.Api,
        _ => true,
    };

    private static bool CutsHere(ChaosEffect effect) =>
        effect.What == ChaosCatalog.CutRedis && effect.Parameters[ChaosCatalog.Who] != ChaosCatalog.Simulator;

    private static IEnumerable<KeyValuePair<string, string>> ForSimulator(IReadOnlyDictionary<string, string> parameters) =>
        parameters.Where(one => one.Key != ChaosCatalog.Who);
}
