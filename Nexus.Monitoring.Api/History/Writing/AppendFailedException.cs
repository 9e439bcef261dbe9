using System.Data.Common;

namespace Nexus.Monitoring.Api.History.Writing;

/// <summary>The database did not take rows; the message is its own.</summary>
internal sealed class AppendFailedException(string message) : DbException(message);
