namespace Nexus.Monitoring.Api.History.Reading;

/// <summary>
/// Values inside the JSON of an event. A row whose JSON the database cannot read has none: it must not fail whoever passes over it.
/// </summary>
internal static class JsonSql
{
    /// <summary>The text at a path that this program itself wrote, such as <c>$.span_id</c>.</summary>
    public static string Text(string path) => $"TRY(json_extract_string(decode(json), '{path}'))";

    /// <summary>The same at a path that somebody else wrote.</summary>
    public static SqlText AddJsonText(this SqlText sql, string path) =>
        sql.Add("TRY(json_extract_string(decode(json), ").Value(path).Add("))");

    public static SqlText AddJsonType(this SqlText sql, string path) => sql.Add("TRY(json_type(decode(json), ").Value(path).Add("))");

    public static SqlText AddJsonKeys(this SqlText sql, string path) => sql.Add("TRY(json_keys(decode(json), ").Value(path).Add("))");
}
