using System.Buffers.Text;
using System.Text;

namespace Nexus.Fanout.Events;

/// <summary>
/// Makes events of one size by copying a finished one and patching what differs: id, task, mark, project. The project comes last, written
/// from the right over the padding, so that its length does not change the event's.
/// </summary>
internal sealed class EventTemplate
{
    private const int DigitsOfNumber = 8;
    private readonly byte[] _event;
    private readonly byte[] _key;
    private readonly int _projects;
    private readonly int _idAt;
    private readonly int _taskAt;
    private readonly int _markAt;

    public EventTemplate(int size, int projects, byte[] key, DateTimeOffset now)
    {
        var run = Encoding.ASCII.GetString(key.AsSpan(2));
        var head = $"{{\"event_id\":\"{Guid.NewGuid().ToString()[..8]}-0000-4000-8000-0000";
        var task = $"00000000\",\"ts\":\"{now:yyyy-MM-ddTHH:mm:ss.ffffffZ}\",\"event_type\":\"task_completed\",\"parent_task_id\":\"run-{run}\",\"task_id\":\"t";
        var middle = "00000000\",\"task_type\":\"search\",\"worker_id\":3,\"status\":\"completed\",\"duration_ms\":1234,\"message\":\"";
        var smallest = head.Length + task.Length + middle.Length + Mark.Length + BeforeProject.Length + $"{projects - 1}\"}}".Length;
        if (size < smallest)
        {
            throw new FanoutException($"--size {size} is too small: an event with its mark has at least {smallest} bytes.");
        }

        _event = Encoding.ASCII.GetBytes((head + task + middle).PadRight(size, 'x'));
        _key = key;
        _projects = projects;
        _idAt = head.Length;
        _taskAt = head.Length + task.Length;
        _markAt = _taskAt + middle.Length;
    }

    private static ReadOnlySpan<byte> BeforeProject => "\",\"project_id\":\"p"u8;

    public int Size => _event.Length;

    /// <summary>Writes event <paramref name="number"/>, which belongs to project <c>p{number % projects}</c>.</summary>
    public void Write(Span<byte> target, int number, long sent)
    {
        _event.CopyTo(target);
        Mark.WriteDigits(target.Slice(_idAt, DigitsOfNumber), number);
        Mark.WriteDigits(target.Slice(_taskAt, DigitsOfNumber), number);
        Mark.Write(target.Slice(_markAt, Mark.Length), _key, number, sent);

        Span<byte> digits = stackalloc byte[10];
        Utf8Formatter.TryFormat(number % _projects, digits, out var length);
        var end = target[..Size];
        "\"}"u8.CopyTo(end[^2..]);
        digits[..length].CopyTo(end[^(2 + length)..]);
        BeforeProject.CopyTo(end[^(BeforeProject.Length + length + 2)..]);
    }
}
