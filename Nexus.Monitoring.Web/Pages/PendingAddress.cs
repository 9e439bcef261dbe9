using System.Diagnostics;
using Microsoft.AspNetCore.Components;

namespace Nexus.Monitoring.Web.Pages;

/// <summary>
/// Choices that change the address of a page. The address follows a choice only after a way to the browser and back: what is chosen meanwhile builds on what
/// is on its way. For one circuit.
/// </summary>
internal sealed class PendingAddress(NavigationManager navigation)
{
    /// <summary>Who went elsewhere meanwhile has left them behind.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(3);

    /// <summary>Those that are on their way, in their order; as many as somebody can choose within a moment.</summary>
    private readonly List<string> _targets = [];

    private long _changedAt;

    /// <summary>A parameter without value is left out.</summary>
    public void Change(params IEnumerable<(string Name, string? Value)> changes)
    {
        if (Stopwatch.GetElapsedTime(_changedAt) > Longest)
        {
            _targets.Clear();
        }

        _changedAt = Stopwatch.GetTimestamp();
        var from = _targets.Count > 0 ? _targets[^1] : navigation.Uri;
        var target = navigation.GetUriWithQueryParameters(
            from, changes.ToDictionary(change => change.Name, change => (object?)(string.IsNullOrEmpty(change.Value) ? null : change.Value)));
        _targets.Add(target);
        navigation.NavigateTo(target);
    }

    /// <summary>To be called when the page gets its parameters: the browser is where it says, and what led there is no longer on its way.</summary>
    public void Arrive() => _targets.RemoveRange(0, _targets.IndexOf(navigation.Uri) + 1);
}
