using System.Text;
using DuckDB.NET.Data;

namespace Nexus.Monitoring.Api.History.Reading;

/// <summary>SQL and its parameters. Values only ever go into the parameters. Not thread-safe.</summary>
internal sealed class SqlText
{
    private readonly StringBuilder _text = new();
    private readonly List<DuckDBParameter> _parameters = [];

    public IReadOnlyList<DuckDBParameter> Parameters => _parameters;

    /// <summary>Adds SQL that this program itself wrote.</summary>
    public SqlText Add(string sql)
    {
        _text.Append(sql);
        return this;
    }

    /// <summary>Adds a value.</summary>
    public SqlText Value(object value)
    {
        var name = $"p{_parameters.Count}";
        _parameters.Add(new DuckDBParameter(name, value));
        _text.Append('$').Append(name);
        return this;
    }

    /// <summary>Adds other SQL with its values; only where this has none yet.</summary>
    public SqlText Append(SqlText other)
    {
        if (_parameters.Count > 0)
        {
            throw new InvalidOperationException("Names of values would come twice.");
        }

        _parameters.AddRange(other._parameters);
        _text.Append(other._text);
        return this;
    }

    public override string ToString() => _text.ToString();
}
