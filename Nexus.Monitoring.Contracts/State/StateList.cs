namespace Nexus.Monitoring.Contracts.State;

/// <summary>Entries from the oldest to the newest. The links are in the entries, so moving one allocates nothing.</summary>
internal sealed class StateList
{
    public StateEntry? Oldest { get; private set; }

    public StateEntry? Newest { get; private set; }

    public int Count { get; private set; }

    public void Append(StateEntry entry)
    {
        entry.List?.Remove(entry);
        entry.List = this;
        entry.Older = Newest;
        if (Newest is null)
        {
            Oldest = entry;
        }
        else
        {
            Newest.Newer = entry;
        }

        Newest = entry;
        Count++;
    }

    public void Remove(StateEntry entry)
    {
        if (entry.Older is null)
        {
            Oldest = entry.Newer;
        }
        else
        {
            entry.Older.Newer = entry.Newer;
        }

        if (entry.Newer is null)
        {
            Newest = entry.Older;
        }
        else
        {
            entry.Newer.Older = entry.Older;
        }

        entry.List = null;
        entry.Older = entry.Newer = null;
        Count--;
    }
}
