using System.Text;
using CsCheck;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Contracts.Tests.Log;

public sealed class EntryEventsTests
{
    private static readonly Gen<string> Line = Gen.String[Gen.Char.AlphaNumeric, 1, 20];

    [Fact]
    public void Split_LinesJoined_AreTheLines() => Gen.Select(Line.List[1, EntryEvents.Most], Gen.Bool).Sample((lines, endsInBreak) =>
        Assert.Equal(lines, Split(string.Join('\n', lines) + (endsInBreak ? "\n" : ""))));

    [Theory]
    [InlineData("")]
    [InlineData(EntryEvents.Most + 1)]
    public void Split_NothingOrTooMany_IsNone(object what) =>
        Assert.Null(Split(what as string ?? string.Join('\n', Enumerable.Repeat("{}", (int)what))));

    [Fact]
    public void Split_EmptyLineBetween_IsAnEventThatIsNone() => Assert.Equal(["a", "", "b"], Split("a\n\nb"));

    [Fact]
    public void Split_Twice_ForgetsTheFirst()
    {
        var events = new List<ReadOnlyMemory<byte>>();
        Assert.True(EntryEvents.TrySplit("a\nb"u8.ToArray(), events));
        Assert.True(EntryEvents.TrySplit("c"u8.ToArray(), events));

        Assert.Equal("c", Encoding.UTF8.GetString(Assert.Single(events).Span));
    }

    private static List<string>? Split(string lines)
    {
        var events = new List<ReadOnlyMemory<byte>>();
        return EntryEvents.TrySplit(Encoding.UTF8.GetBytes(lines), events) ? events.ConvertAll(one => Encoding.UTF8.GetString(one.Span)) : null;
    }
}
