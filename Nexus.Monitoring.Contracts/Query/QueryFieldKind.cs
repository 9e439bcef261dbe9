namespace Nexus.Monitoring.Contracts.Query;

/// <summary>What a field holds, which decides how it can be asked for.</summary>
public enum QueryFieldKind
{
    /// <summary>An id or a word: compared exactly, letter case included; <c>*</c> stands for any characters.</summary>
    Keyword,

    /// <summary>Text for people: holds what is asked for, in upper or lower case.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>Milliseconds; a unit may be given, such as <c>2s</c>.</summary>
    Duration,

    /// <summary>A time: ISO 8601, or relative to now, such as <c>-15m</c>.</summary>
    Time,

    /// <summary>A value inside <c>meta</c>, <c>counts</c> or <c>queue</c>: a JSON string, number or boolean.</summary>
    Json,
}
