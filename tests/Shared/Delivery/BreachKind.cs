namespace Nexus.Testing.Delivery;

/// <summary>The promises of the stream, by how they break.</summary>
public enum BreachKind
{
    /// <summary>An event that a producer was told is in the log was neither delivered nor named by a gap.</summary>
    Lost,

    /// <summary>An event came twice.</summary>
    Duplicate,

    /// <summary>A position came after a later one.</summary>
    Backwards,

    /// <summary>An interval or a gap does not begin where the one before ended, or an event lies outside its interval.</summary>
    ChainBroken,

    /// <summary>Two readers, or a reader and a producer, disagree on what stands at a position.</summary>
    Disagreement,

    /// <summary>An event that the reader's filter excludes.</summary>
    NotAsked,

    /// <summary>An event that no producer published.</summary>
    Invented,
}
