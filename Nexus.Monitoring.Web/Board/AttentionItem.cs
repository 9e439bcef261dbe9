namespace Nexus.Monitoring.Web.Board;

/// <summary>Something that a person can act on: what, the facts, and where the evidence is.</summary>
public sealed record AttentionItem(WorkStatus Status, string Title, string Text, string LinkText, string Href);
