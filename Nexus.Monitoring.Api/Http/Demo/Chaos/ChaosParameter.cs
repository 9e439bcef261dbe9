namespace Nexus.Monitoring.Api.Http.Demo.Chaos;

/// <summary>What an effect can be told: a whole number in a range, or one of several words.</summary>
/// <param name="Name">As in the address.</param>
/// <param name="Description">In words.</param>
/// <param name="Default">What holds when it is not given; null when nothing does.</param>
/// <param name="IsRequired">Whether it must be given.</param>
/// <param name="Least">Smallest number.</param>
/// <param name="Most">Largest number.</param>
/// <param name="Words">The words instead of a number.</param>
internal sealed record ChaosParameter(
    string Name,
    string Description,
    string? Default = null,
    bool IsRequired = false,
    int? Least = null,
    int? Most = null,
    IReadOnlyList<string>? Words = null);
