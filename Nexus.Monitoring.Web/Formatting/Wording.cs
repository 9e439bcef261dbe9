namespace Nexus.Monitoring.Web.Formatting;

/// <summary>A sentence with times in it that is made once for all circuits, and told to each in its own zone.</summary>
public sealed class Wording(Func<Times, string> tell)
{
    public static implicit operator Wording(string text) => new(_ => text);

    public string In(Times times) => tell(times);

    /// <summary>In UTC.</summary>
    public override string ToString() => tell(Times.Utc);
}
