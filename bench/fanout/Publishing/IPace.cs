namespace Nexus.Fanout.Publishing;

/// <summary>Decides when the publisher may send.</summary>
internal interface IPace
{
    /// <summary>How many events may be sent now, after <paramref name="sent"/>.</summary>
    int Allowed(long now, int sent);

    /// <summary>Returns when it is worth asking again, after a few milliseconds at the latest.</summary>
    void Wait(long now, int sent);
}
