namespace Aspire.Hosting.Running;

/// <summary>A resource that was never started because of another; only that other one is worth telling about.</summary>
internal sealed class DependencyFailedException(string message, Exception inner) : DistributedApplicationException(message, inner);
