using Nexus.Monitoring.Web.Api;
using Nexus.Monitoring.Web.Pages;

namespace Nexus.Monitoring.Web.Sessions;

/// <summary>The imported session that one viewer looks at instead of what is live. One for each circuit, on its thread.</summary>
internal sealed class SessionView(ImportedSessions sessions)
{
    private static readonly string[] Pages = [PageAddress.Events, PageAddress.Tasks, PageAddress.Runs, PageAddress.Trends];

    /// <summary>What the address asks for; null while the present is shown.</summary>
    public string? Id { get; private set; }

    /// <summary>Once it is known.</summary>
    public ImportedSession? Shown { get; private set; }

    /// <summary>Why it cannot be shown.</summary>
    public string? Problem { get; private set; }

    /// <summary>Whether a page can show a session.</summary>
    /// <param name="path">Its path, without a query.</param>
    public static bool IsShownBy(string path) =>
        Pages.Any(page => path == page || path.StartsWith(page + "/", StringComparison.Ordinal));

    /// <returns>Whether it is another one than before.</returns>
    public bool Ask(string? id)
    {
        id = string.IsNullOrWhiteSpace(id) ? null : id;
        if (id == Id)
        {
            return false;
        }

        (Id, Shown, Problem) = (id, null, null);
        return true;
    }

    /// <summary>Finds out what it is that was asked for.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        if (Id is not { } id)
        {
            return;
        }

        Problem = null;
        try
        {
            var found = await sessions.FindAsync(id, cancellationToken);
            Shown = id == Id ? found : Shown;
        }
        catch (ApiProblemException problem)
        {
            Problem = id == Id ? problem.Message : Problem;
        }
    }
}
