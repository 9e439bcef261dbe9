using System.Diagnostics;

namespace Nexus.Testing;

/// <summary>Waits for a condition with a deadline, so that no test has to guess how long something takes.</summary>
public static class Eventually
{
    public static readonly TimeSpan DefaultDeadline = TimeSpan.FromSeconds(60);

    public static Task IsTrueAsync(Func<bool> condition, string what, TimeSpan? deadline = null) =>
        IsTrueAsync(() => Task.FromResult(condition()), what, deadline);

    public static async Task IsTrueAsync(Func<Task<bool>> condition, string what, TimeSpan? deadline = null)
    {
        var limit = deadline ?? DefaultDeadline;
        var started = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(started) > limit)
            {
                throw new TimeoutException($"Not true within {limit.TotalSeconds:0.#} s: {what}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10));
        }
    }
}
