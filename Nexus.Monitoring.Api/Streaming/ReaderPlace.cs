namespace Nexus.Monitoring.Api.Streaming;

/// <summary>Where in the ring a reader goes on.</summary>
/// <param name="Ring">The ring that is counted in.</param>
/// <param name="Next">Index of the entry it reads next.</param>
internal readonly record struct ReaderPlace(EventRing Ring, long Next);
