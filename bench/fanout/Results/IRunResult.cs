namespace Nexus.Fanout.Results;

/// <summary>What a run found.</summary>
internal interface IRunResult
{
    /// <summary>Whether every client got everything once and kept its connection.</summary>
    bool IsClean { get; }

    /// <summary>For people, some lines.</summary>
    string ToText();

    /// <summary>For programs, one line.</summary>
    string ToJson();
}
