namespace Nexus.Monitoring.Contracts.Query;

/// <summary>Free text: <c>message</c> or <c>error</c> holds it, in upper or lower case.</summary>
/// <param name="Pattern">What to look for, anywhere in the text.</param>
public sealed record TextNode(QueryPattern Pattern) : QueryNode;
