using Nexus.Monitoring.Web.Formatting;

namespace Nexus.Monitoring.Web.Board;

/// <summary>Something that a person can act on: what, the facts, and where the evidence is.</summary>
public sealed record AttentionItem(WorkStatus Status, Wording Title, Wording Text, string LinkText, string Href);
