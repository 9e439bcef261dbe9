namespace Nexus.Monitoring.Contracts.Stories;

/// <summary>A piece of the sentence.</summary>
/// <param name="Text">As it stands in the sentence, with its spaces.</param>
/// <param name="Kind"><c>task</c>, <c>run</c>, <c>queue</c>, <c>worker</c> or <c>workers</c>; absent for words in between.</param>
/// <param name="Id">Which one; absent where the kind needs none.</param>
/// <param name="Href">Where the API tells more, a path of it; absent where there is nothing more.</param>
public sealed record WhyPart(string Text, string? Kind = null, string? Id = null, string? Href = null);
