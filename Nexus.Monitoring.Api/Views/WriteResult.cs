using Nexus.Monitoring.Contracts.Views;

namespace Nexus.Monitoring.Api.Views;

/// <param name="Document">As it is now; null where there is none.</param>
internal readonly record struct WriteResult<T>(WriteOutcome Outcome, T? Document)
    where T : SharedDocument;
