namespace Nexus.Redis.Streams;

internal enum StreamTrimStrategy
{
    None,
    MaxLength,
    MinId,
}
