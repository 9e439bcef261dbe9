using System.Globalization;
using Nexus.Monitoring.Contracts.Stories;

namespace Nexus.Monitoring.Api.Http.Why;

/// <summary>A sentence that is made of words and links.</summary>
internal sealed class WhySentence
{
    private readonly List<WhyPart> _parts = [];

    public IReadOnlyList<WhyPart> Parts => _parts;

    public override string ToString() => string.Concat(_parts.Select(part => part.Text));

    public WhySentence Say(FormattableString text)
    {
        _parts.Add(new WhyPart(text.ToString(CultureInfo.InvariantCulture)));
        return this;
    }

    public WhySentence Task(string id) => Add(id, "task", id, $"/api/tasks/{Uri.EscapeDataString(id)}");

    public WhySentence Run(string id, string name) => Add(name, "run", id, $"/api/runs/{Uri.EscapeDataString(id)}");

    public WhySentence Queue(string? type) => type is null
        ? Add("the queue", "queue", null, "/api/tasks?status=pending")
        : Add($"the queue of {type}", "queue", type, $"/api/tasks?status=pending&task_type={Uri.EscapeDataString(type)}");

    public WhySentence Worker(int id) => Add(
        string.Create(CultureInfo.InvariantCulture, $"worker {id}"),
        "worker",
        id.ToString(CultureInfo.InvariantCulture),
        id > 0 ? string.Create(CultureInfo.InvariantCulture, $"/api/workers?cursor={id - 1}&limit=1") : "/api/workers?limit=1");

    public WhySentence Workers(string text, string status) => Add(text, "workers", null, $"/api/workers?status={status}");

    private WhySentence Add(string text, string kind, string? id, string href)
    {
        _parts.Add(new WhyPart(text, kind, id, href));
        return this;
    }
}
