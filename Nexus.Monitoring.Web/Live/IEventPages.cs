using Nexus.Monitoring.Contracts.Frames;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Web.Live;

/// <summary>What the log holds, page by page.</summary>
internal interface IEventPages
{
    /// <summary>What came after this is not to be seen: the viewer looks at an earlier instant. Null while live.</summary>
    LogPosition? Until { get; }

    /// <summary>
    /// The newest events up to and including <paramref name="upto"/>, in the log's order; one attempt. <c>After</c> of the answer as
    /// <paramref name="upto"/> is the page before; at the log's beginning it equals its <c>Upto</c>.
    /// </summary>
    /// <param name="upto">Null for the newest.</param>
    /// <param name="run">Only events of this run.</param>
    Task<EventsFrame> ReadBackAsync(LogPosition? upto, string? run, CancellationToken cancellationToken);
}
