using System.Globalization;
using Microsoft.OpenApi;
using Nexus.Monitoring.Contracts.Filters;

namespace Nexus.Monitoring.Api.Queries;

internal static class QueryParameters
{
    /// <summary>The filter, the same wherever events are read.</summary>
    public static IReadOnlyList<QueryParameter> Filter { get; } =
    [
        new(FilterParameters.ProjectId, "Only events of this project.", MayRepeat: true),
        new(FilterParameters.TaskId, "Only events whose task_id or parent_task_id this is.", MayRepeat: true),
        new(FilterParameters.EventTypes, "Only events of these types, separated by commas. Also called types."),
        new(FilterParameters.StatsOnly, "Only stats_snapshot and queue_depth_update.", QueryParameterType.Flag),
        new(FilterParameters.Query,
            "Only events that match this query, such as event_type:task_failed timeout; the language is described in docs/query.md."),
    ];

    public static TBuilder WithQuery<TBuilder>(this TBuilder builder, params IEnumerable<QueryParameter> parameters)
        where TBuilder : IEndpointConventionBuilder => builder.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            operation.Parameters ??= [];
            foreach (var parameter in parameters)
            {
                operation.Parameters.Add(Describe(parameter));
            }

            return Task.CompletedTask;
        });

    /// <summary>An integer in a range; <paramref name="fallback"/> when it is not given.</summary>
    public static bool TryReadInteger(
        this IQueryCollection query, string name, int fallback, int least, int most, out int value, out FilterError? error)
    {
        var text = query[name].ToString();
        error = null;
        value = fallback;
        if (text.Length == 0 || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= least && value <= most))
        {
            return true;
        }

        error = new FilterError(name, text, $"a whole number from {least} to {most} is allowed");
        return false;
    }

    /// <summary>One of several words; null when it is not given.</summary>
    public static bool TryReadWord(
        this IQueryCollection query, string name, IReadOnlyList<string> allowed, out string? value, out FilterError? error)
    {
        value = query[name].ToString() is { Length: > 0 } text ? text : null;
        error = value is null || allowed.Contains(value) ? null : new FilterError(name, value, $"one of {string.Join(", ", allowed)} is allowed");
        return error is null;
    }

    /// <summary>Text as it stands; null when it is not given.</summary>
    public static string? ReadText(this IQueryCollection query, string name) =>
        query[name].ToString() is { Length: > 0 } text ? text : null;

    /// <summary>Each name with each of its values.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> Pairs(this IQueryCollection query) =>
        query.SelectMany(pair => pair.Value, (pair, value) => KeyValuePair.Create(pair.Key, value));

    private static OpenApiParameter Describe(QueryParameter parameter)
    {
        var schema = new OpenApiSchema
        {
            Type = parameter.Type switch
            {
                QueryParameterType.Integer => JsonSchemaType.Integer,
                QueryParameterType.Flag => JsonSchemaType.Boolean,
                _ => JsonSchemaType.String,
            },
        };
        return new OpenApiParameter
        {
            Name = parameter.Name,
            In = ParameterLocation.Query,
            Description = parameter.Description,
            Schema = parameter.MayRepeat ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = schema } : schema,
        };
    }
}
