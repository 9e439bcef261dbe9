using System.Globalization;
using Nexus.Monitoring.Contracts.Query;

namespace Nexus.Monitoring.Api.History.Reading;

/// <summary>Conditions on values inside <c>meta</c>, <c>counts</c> and <c>queue</c>, which are read from the event's JSON.</summary>
internal static class JsonFieldSql
{
    private const string Numbers = "('BIGINT', 'UBIGINT', 'DOUBLE', 'HUGEINT')";

    public static void Write(SqlText sql, FieldNode node)
    {
        var path = PathOf(node.Field);
        switch (node.Test)
        {
            case AnyOfTest any:
                QuerySql.WriteAll(sql, any.Tests, " OR ", one => Write(sql, path, one));
                break;
            default:
                Write(sql, path, node.Test);
                break;
        }
    }

    /// <summary>Where the field is in the JSON, <c>$."meta"."model"</c>.</summary>
    public static string PathOf(QueryField field) => "$" + string.Concat(field.Path.Select(part => $".\"{part}\""));

    private static void Write(SqlText sql, string path, FieldTest test)
    {
        switch (test)
        {
            case ExistsTest:
                Type(sql, path).Add(" <> 'NULL'");
                break;
            case EqualTest { Value: TextValue { Text: var text } }:
                Type(sql.Add("CASE WHEN "), path).Add(" IN ('VARCHAR', 'BOOLEAN') THEN ");
                Text(sql, path).Add(" = ").Value(text);
                if (Number(text) is { } number)
                {
                    Type(sql.Add(" WHEN "), path).Add($" IN {Numbers} THEN ");
                    Double(sql, path).Add(" = ").Value(number);
                }

                sql.Add(" ELSE false END");
                break;
            case ComparisonTest comparison:
                IfNumber(sql, path);
                Double(sql, path).Add(QuerySql.Symbol(comparison.Operator)).Value(Read(comparison.Bound)).Add(" ELSE false END");
                break;
            case RangeTest range:
                IfNumber(sql, path);
                Double(sql, path).Add(" BETWEEN ").Value(Read(range.From)).Add(" AND ").Value(Read(range.To)).Add(" ELSE false END");
                break;
        }
    }

    private static void IfNumber(SqlText sql, string path) => Type(sql.Add("CASE WHEN "), path).Add($" IN {Numbers} THEN ");

    private static SqlText Type(SqlText sql, string path) => sql.AddJsonType(path);

    private static SqlText Text(SqlText sql, string path) => sql.AddJsonText(path);

    private static SqlText Double(SqlText sql, string path) => Text(sql.Add("TRY_CAST("), path).Add(" AS DOUBLE)");

    private static double Read(QueryValue value) => (double)((NumberValue)value).Number;

    private static double? Number(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? (double)number
            : null;
}
