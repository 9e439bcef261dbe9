using System.Globalization;
using System.Text;
using Nexus.Fanout.Events;
using Nexus.Monitoring.Contracts.Events;

namespace Nexus.Fanout.Tests.Events;

public sealed class EventTemplateTests
{
    [Theory]
    [InlineData(320, 1, 0)]
    [InlineData(400, 1000, 999)]
    [InlineData(400, 1000, 12_345)]
    [InlineData(10_240, 8, 99_999_999)]
    public void Write_AnyEvent_IsOneThatNexusReads(int size, int projects, int number)
    {
        var bytes = new byte[size];
        new EventTemplate(size, projects, Mark.NewKey(), DateTimeOffset.UtcNow).Write(bytes, number, 1);

        Assert.True(EventJson.TryRead(bytes, out var read, out var problem), problem);
        Assert.Equal("p" + (number % projects).ToString(CultureInfo.InvariantCulture), read.ProjectId);
        Assert.EndsWith(number.ToString("D12", CultureInfo.InvariantCulture), read.EventId, StringComparison.Ordinal);
    }

    [Fact]
    public unsafe void Write_Mark_TellsNumberAndTime()
    {
        var key = Mark.NewKey();
        var bytes = new byte[400];
        new EventTemplate(400, 8, key, DateTimeOffset.UtcNow).Write(bytes, 12_345_678, 1_234_567_890_123_456);

        fixed (byte* mark = &bytes[bytes.AsSpan().IndexOf(key)])
        {
            Assert.Equal(12_345_678, Mark.Number(mark));
            Assert.Equal(1_234_567_890_123_456, Mark.Sent(mark));
        }
    }

    [Fact]
    public void Create_SizeTooSmallForTheMark_SaysWhatIsNeeded()
    {
        var failure = Assert.Throws<FanoutException>(() => new EventTemplate(100, 1, Mark.NewKey(), DateTimeOffset.UtcNow));

        var needed = int.Parse(failure.Message.Split("at least ")[1].Split(' ')[0], CultureInfo.InvariantCulture);
        var bytes = new byte[needed];
        new EventTemplate(needed, 1, Mark.NewKey(), DateTimeOffset.UtcNow).Write(bytes, 0, 0);
        Assert.EndsWith("\"project_id\":\"p0\"}", Encoding.ASCII.GetString(bytes), StringComparison.Ordinal);
    }
}
