using Nexus.Monitoring.Contracts.History;

namespace Nexus.Monitoring.Api.History.Tasks;

/// <summary>A task that has ended, and its place in the list.</summary>
internal sealed record StoredTask(TaskPlace Place, TaskRow Row);
