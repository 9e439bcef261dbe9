using Nexus.Monitoring.Contracts.Filters;

namespace Nexus.Monitoring.Contracts.Views;

/// <summary>What a document may be. Whoever writes one can ask before it sends it; the service asks again.</summary>
public static class DocumentRules
{
    /// <summary>Longest name, in characters.</summary>
    public const int MaxName = 80;

    /// <summary>Longest address, in characters.</summary>
    public const int MaxAddress = 2_000;

    /// <summary>Most panels on a board.</summary>
    public const int MaxPanels = 40;

    /// <summary>Columns of a board.</summary>
    public const int Columns = 12;

    private const int MaxId = 64;
    private const int MinWidth = 3;
    private const int MaxOrder = 1_000_000;
    private const int MaxProject = 256;
    private const int MaxRange = 32;
    private const int MaxQuery = 1_000;
    private const int MaxChoices = 1_000;
    private const string Root = "/monitoring";

    /// <summary>What is wrong with it, by field; null when nothing is.</summary>
    public static FilterError? Check(SharedDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return CheckId("id", document.Id)
            ?? CheckName(document.Name)
            ?? document switch
            {
                SavedView view => CheckAddress(view.Address)
                    ?? (view.Order is < 0 or > MaxOrder ? new FilterError("order", $"{view.Order}", $"0 to {MaxOrder} is allowed") : null),
                SavedBoard board => CheckPanels(board.Panels),
                _ => null,
            };
    }

    /// <summary>What is wrong with a name; null when nothing is.</summary>
    public static FilterError? CheckName(string? name) =>
        string.IsNullOrWhiteSpace(name) || name.Length > MaxName || name.Any(char.IsControl) || name != name.Trim()
            ? new FilterError("name", name ?? "", $"1 to {MaxName} characters without line breaks or spaces at its ends are allowed")
            : null;

    /// <summary>What is wrong with an address: only pages of the dashboard are places to go.</summary>
    public static FilterError? CheckAddress(string? address)
    {
        var isOurs = address is { Length: <= MaxAddress }
            && address.StartsWith(Root, StringComparison.Ordinal)
            && (address.Length == Root.Length || address[Root.Length] is '/' or '?')
            && !address.Any(c => c is '\\' or '#' || char.IsControl(c) || char.IsWhiteSpace(c))
            && IsPlainPath(address.Split('?')[0]);
        return isOurs ? null : new FilterError(
            "address", address ?? "", $"a path of the dashboard with its query is allowed, such as {Root}/events?project=atlas, at most {MaxAddress} characters");
    }

    /// <summary>No empty, single or double dot part: a browser resolves those to somewhere else.</summary>
    private static bool IsPlainPath(string path) =>
        !Uri.UnescapeDataString(path).Contains('\\', StringComparison.Ordinal)
        && path[1..].Split('/').All(part => Uri.UnescapeDataString(part) is not ("" or "." or ".."));

    private static FilterError? CheckPanels(IReadOnlyList<BoardPanel>? panels)
    {
        if (panels is null || panels.Count > MaxPanels)
        {
            return new FilterError("panels", panels is null ? "null" : $"{panels.Count} panels", $"a list of at most {MaxPanels} is allowed");
        }

        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var panel in panels)
        {
            if (panel is null)
            {
                return new FilterError("panels", "null", "an object is allowed");
            }

            var error = CheckId("panels.id", panel.Id)
                ?? CheckId("panels.kind", panel.Kind)
                ?? (ids.Add(panel.Id) ? null : new FilterError("panels.id", panel.Id, "an id may occur once on a board"))
                ?? (panel.Width is < MinWidth or > Columns ? new FilterError("panels.width", $"{panel.Width}", $"{MinWidth} to {Columns} is allowed") : null)
                ?? CheckLength("panels.project", panel.Project, MaxProject)
                ?? CheckLength("panels.range", panel.Range, MaxRange)
                ?? CheckLength("panels.query", panel.Query, MaxQuery)
                ?? CheckLength("panels.choices", panel.Choices, MaxChoices);
            if (error is not null)
            {
                return error;
            }
        }

        return null;
    }

    private static FilterError? CheckLength(string field, string? value, int most) =>
        value?.Length > most ? new FilterError(field, value, $"at most {most} characters are allowed") : null;

    private static FilterError? CheckId(string field, string? id) =>
        id is { Length: >= 1 and <= MaxId } && id[0] != '-' && id.All(c => c is >= 'a' and <= 'z' or >= '0' and <= '9' or '-')
            ? null
            : new FilterError(field, id ?? "", $"1 to {MaxId} of a-z, 0-9 and '-' are allowed, beginning with a letter or digit");
}
