using Nexus.Monitoring.Contracts.Query;

namespace Nexus.Monitoring.Api.History.Reading;

/// <summary>What a query asks about, which decides where its answer can come from.</summary>
internal static class QueryFields
{
    /// <summary>Whether it asks for nothing but these fields.</summary>
    public static bool AreWithin(EventQuery query, IReadOnlyCollection<string> fields) => query.Root is not { } root || AreWithin(root, fields);

    /// <summary>Whether only events match that have this field.</summary>
    public static bool Require(EventQuery query, string field) => query.Root is { } root && Require(root, field);

    private static bool Require(QueryNode node, string field) => node switch
    {
        AndNode and => and.Parts.Any(part => Require(part, field)),
        OrNode or => or.Parts.All(part => Require(part, field)),
        FieldNode asked => asked.Field.Name == field,
        _ => false,
    };

    private static bool AreWithin(QueryNode node, IReadOnlyCollection<string> fields) => node switch
    {
        AndNode and => and.Parts.All(part => AreWithin(part, fields)),
        OrNode or => or.Parts.All(part => AreWithin(part, fields)),
        NotNode not => AreWithin(not.Part, fields),
        FieldNode field => fields.Contains(field.Field.Name),
        _ => false,
    };
}
