using Nexus.Monitoring.Api.Streaming;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Api.History.Writing;

/// <summary>
/// The steps of a reader, of which the next one is read while the last one is used, so that who uses them does not wait for the log: one
/// step, and nothing once there was none. Not thread-safe; the reader is its own until it is disposed.
/// </summary>
internal sealed class StepsAhead(LogReader reader) : IAsyncDisposable
{
    /// <summary>Of the step that was handed out last: the reader's own are gone once it reads on.</summary>
    private readonly List<LogEntry> _entries = [];

    private Task<ReaderStep>? _next;

    /// <summary>Everything up to here was handed out.</summary>
    public LogPosition Position { get; private set; } = reader.Position;

    /// <returns>Its entries are valid until the next one.</returns>
    /// <exception cref="LogAwayException">The log does not answer. Asked again, it is read from where it was.</exception>
    public async ValueTask<ReaderStep> NextAsync(CancellationToken cancellationToken)
    {
        var reading = _next;
        _next = null;
        var step = reading is null ? await reader.NextAsync(cancellationToken) : await reading;
        _entries.Clear();
        if (step.Kind == ReaderStepKind.Idle)
        {
            return step;
        }

        Position = step.Upto;
        _entries.AddRange(step.Entries ?? []);
        _next = reader.NextAsync(cancellationToken).AsTask();
        return step with { Entries = _entries };
    }

    public async ValueTask DisposeAsync()
    {
        if (_next is { } reading)
        {
            await ((Task)reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        reader.Close();
    }
}
