namespace Nexus.Monitoring.Contracts.State;

/// <summary>Groups of failures by project and title, from which the one silent longest is forgotten. A failure of a known group allocates nothing.</summary>
internal sealed class ErrorTable
{
    private readonly StateTable<ErrorKey, ErrorGroup> _groups;
    private readonly Dictionary<ErrorKey, ErrorGroup>.AlternateLookup<ErrorKeySpan> _byTitle;

    public ErrorTable(int capacity)
    {
        _groups = new(error => new ErrorKey(error.ProjectId, error.Title), capacity, comparer: new ErrorKeyComparer());
        _byTitle = _groups.Entries.GetAlternateLookup<ErrorKeySpan>();
    }

    public IEnumerable<ErrorGroup> NewestFirst => _groups.EndedNewestFirst;

    public void Record(string failure, in StateChange change)
    {
        Span<char> buffer = stackalloc char[ErrorFingerprint.MaxLength];
        ReadOnlySpan<char> title = buffer[..ErrorFingerprint.Write(failure, buffer)];
        var projectId = change.Event.ProjectId;
        if (!_byTitle.TryGetValue(new ErrorKeySpan(projectId, title), out var group))
        {
            var text = title.ToString();
            group = new ErrorGroup { Fingerprint = ErrorFingerprint.Of(text), Title = text, ProjectId = projectId, FirstSeenAt = change.At };
            _groups.Add(group, ended: true);
        }

        ErrorReducer.Apply(group, failure, change);
        _groups.End(group);
    }

    /// <summary>Takes over a group of a snapshot, the one silent longest first.</summary>
    public void Restore(ErrorGroup group) => _groups.Add(group, ended: true);
}
