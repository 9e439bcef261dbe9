namespace Nexus.Testing.Delivery;

/// <summary>A promise of the stream that was broken, and to whom.</summary>
/// <param name="Kind">Which promise.</param>
/// <param name="Reader">The reader's name.</param>
/// <param name="What">One sentence with the positions.</param>
public sealed record Breach(BreachKind Kind, string Reader, string What)
{
    public override string ToString() => $"{Kind} ({Reader}): {What}";
}
