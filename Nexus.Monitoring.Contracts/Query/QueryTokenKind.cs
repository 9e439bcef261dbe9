namespace Nexus.Monitoring.Contracts.Query;

/// <summary>What a piece of a query is, for colours.</summary>
public enum QueryTokenKind
{
    /// <summary>The name of a field; whether there is such a field, the parser says.</summary>
    Field,

    /// <summary><c>: &gt; &gt;= &lt; &lt;= = [ ] ,</c></summary>
    Operator,

    /// <summary><c>AND OR NOT TO</c>, and <c>-</c> before a term.</summary>
    Keyword,

    /// <summary>A value that a field is compared with.</summary>
    Value,

    /// <summary>Text that is looked for in message and error.</summary>
    Text,

    /// <summary><c>(</c> or <c>)</c>.</summary>
    Parenthesis,
}
