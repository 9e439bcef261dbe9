namespace Aspire.Hosting.Running;

/// <summary>The last 50 telling lines that a process wrote, for the sentence that tells why it ended.</summary>
internal sealed class LastLines
{
    private const int Bound = 50;
    private const int ToldCharacters = 300;

    private readonly Queue<string> _lines = new(Bound);

    /// <summary>A sentence with the message of an unhandled exception, else with the last line.</summary>
    public string Summary
    {
        get
        {
            lock (_lines)
            {
                var line = _lines.FirstOrDefault(line => line.StartsWith("Unhandled exception.", StringComparison.Ordinal)) ?? _lines.LastOrDefault();
                return line is null ? "It wrote nothing." : $"It wrote: \"{line.Trim()[..Math.Min(line.Trim().Length, ToldCharacters)]}\".";
            }
        }
    }

    /// <summary>A stack trace tells no reader why, and would push out the line that does.</summary>
    public void Add(string line)
    {
        if (string.IsNullOrWhiteSpace(line) || line.TrimStart().StartsWith("at ", StringComparison.Ordinal))
        {
            return;
        }

        lock (_lines)
        {
            if (_lines.Count == Bound)
            {
                _lines.Dequeue();
            }

            _lines.Enqueue(line);
        }
    }
}
