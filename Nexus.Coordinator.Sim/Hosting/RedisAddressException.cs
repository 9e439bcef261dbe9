namespace Nexus.Coordinator.Sim.Hosting;

/// <summary>Nothing says where Redis is, or what says so cannot be read.</summary>
internal sealed class RedisAddressException(Exception inner) : Exception(inner.Message, inner);
