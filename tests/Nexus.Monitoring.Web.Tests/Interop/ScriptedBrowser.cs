using System.Collections.Concurrent;
using Microsoft.JSInterop;

namespace Nexus.Monitoring.Web.Tests.Interop;

/// <summary>A browser whose calls a test can hold back, and whose scripts it can let fail. It gives an object for whatever makes one.</summary>
internal sealed class ScriptedBrowser : IJSRuntime
{
    private volatile TaskCompletionSource? _held;

    /// <summary>Every call, by the name of its function.</summary>
    public ConcurrentQueue<(string Function, object?[] Arguments)> Calls { get; } = new();

    /// <summary>The function that fails.</summary>
    public string? Failing { get; set; }

    /// <summary>From now on nothing is answered; what is asked meanwhile never is.</summary>
    public void Hold() => _held = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void GoOn() => _held = null;

    public int Count(string function) => Calls.Count(call => call.Function == function);

    public ValueTask<T> InvokeAsync<T>(string identifier, object?[]? args) => InvokeAsync<T>(identifier, default, args);

    public async ValueTask<T> InvokeAsync<T>(string identifier, CancellationToken cancellationToken, object?[]? args)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Calls.Enqueue((identifier, args ?? []));
        if (_held is { } held)
        {
            await held.Task.WaitAsync(cancellationToken);
        }

        return identifier == Failing
            ? throw new JSException($"{identifier} failed.")
            : typeof(T) == typeof(IJSObjectReference) ? (T)(object)new Part(this) : default!;
    }

    private sealed class Part(ScriptedBrowser browser) : IJSObjectReference
    {
        public ValueTask<T> InvokeAsync<T>(string identifier, object?[]? args) => browser.InvokeAsync<T>(identifier, args);

        public ValueTask<T> InvokeAsync<T>(string identifier, CancellationToken cancellationToken, object?[]? args) =>
            browser.InvokeAsync<T>(identifier, cancellationToken, args);

        public ValueTask DisposeAsync() => default;
    }
}
