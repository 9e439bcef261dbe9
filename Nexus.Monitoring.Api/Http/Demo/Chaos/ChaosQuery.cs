using System.Globalization;
using Nexus.Monitoring.Contracts.Filters;

namespace Nexus.Monitoring.Api.Http.Demo.Chaos;

/// <summary>Reads what an effect is told, and refuses what it does not know: a misspelt parameter would break something else than was meant.</summary>
internal static class ChaosQuery
{
    public static bool TryRead(
        IQueryCollection query, ChaosAction action, out IReadOnlyDictionary<string, string> values, out FilterError? error)
    {
        var read = new SortedDictionary<string, string>(StringComparer.Ordinal);
        values = read;
        error = query.Keys.FirstOrDefault(key => !action.Parameters.Any(parameter => parameter.Name == key)) is { } stranger
            ? new FilterError(stranger, query[stranger].ToString(), $"{action.What} knows {Names(action)}")
            : null;
        foreach (var parameter in action.Parameters)
        {
            var text = query[parameter.Name].ToString() is { Length: > 0 } given ? given : parameter.Default;
            error ??= Check(parameter, text);
            if (text is not null)
            {
                read[parameter.Name] = text;
            }
        }

        return error is null;
    }

    private static FilterError? Check(ChaosParameter parameter, string? text)
    {
        var isAllowed = text is null
            ? !parameter.IsRequired
            : parameter.Words?.Contains(text)
                ?? (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                    && number >= parameter.Least && number <= parameter.Most);
        return isAllowed ? null : new FilterError(parameter.Name, text ?? "", Allowed(parameter));
    }

    private static string Allowed(ChaosParameter parameter) => parameter.Words is { } words
        ? $"one of {string.Join(", ", words)} is allowed"
        : string.Create(CultureInfo.InvariantCulture, $"a whole number from {parameter.Least} to {parameter.Most} is {(parameter.IsRequired ? "needed" : "allowed")}");

    private static string Names(ChaosAction action) => string.Join(", ", action.Parameters.Select(parameter => parameter.Name));
}
