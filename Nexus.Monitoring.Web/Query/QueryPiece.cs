namespace Nexus.Monitoring.Web.Query;

/// <summary>A stretch of a query with its class: <c>field</c>, <c>operator</c>, <c>value</c>, <c>text</c>, <c>keyword</c> or <c>parenthesis</c>.</summary>
public sealed record QueryPiece(int Start, int Length, string Kind);
