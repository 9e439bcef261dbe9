using System.Globalization;

namespace Nexus.Monitoring.Contracts.Query;

/// <summary>A value inside <c>meta</c>, or one to compare with it. Neither text nor number: an object or an array.</summary>
/// <param name="Text">Of a string; <c>true</c> and <c>false</c> of a boolean.</param>
/// <param name="Number">Of a number; of a text to compare with, the number that it spells.</param>
internal readonly record struct JsonScalar(string? Text, double? Number)
{
    public static JsonScalar Parse(string text) => new(
        text,
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? (double)number
            : null);

    /// <summary>Whether this value of an event is the <paramref name="wanted"/> one.</summary>
    public bool Is(JsonScalar wanted) => Text is not null ? Text == wanted.Text : Number is not null && Number == wanted.Number;
}
