using System.Text.Json;
using System.Text.Json.Serialization;

namespace Nexus.Coordinator.Sim.Queues;

internal sealed class JobPriorityConverter() : JsonStringEnumConverter<JobPriority>(JsonNamingPolicy.SnakeCaseLower);
