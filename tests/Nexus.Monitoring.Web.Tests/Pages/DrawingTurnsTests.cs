using Nexus.Monitoring.Web.Pages;

namespace Nexus.Monitoring.Web.Tests.Pages;

public sealed class DrawingTurnsTests
{
    private readonly DrawingTurns _turns = new();
    private readonly List<string> _drawn = [];

    [Fact]
    public void Turns_OneAfterTheOther_InTheOrderOfWaiting()
    {
        var (first, second) = (Wait("first"), Wait("second"));

        _turns.Begin();
        _turns.Begin();
        Assert.Equal(["first"], _drawn);
        _turns.End(first);
        Assert.Equal(["first", "second"], _drawn);
        Assert.False(_turns.HasLoaded);
        _turns.End(second);

        Assert.True(_turns.HasLoaded);
    }

    [Fact]
    public void End_OfOneThatWaitsOrDraws_LeavesTheTurnToTheOthers()
    {
        var (first, second, third) = (Wait("first"), Wait("second"), Wait("third"));
        _turns.Begin();

        _turns.End(second);
        _turns.End(first);

        Assert.Equal(["first", "third"], _drawn);
        _turns.End(third);
        Assert.True(_turns.HasLoaded);
    }

    [Fact]
    public void Begin_AfterThePageHasCome_GivesTurnsAgain()
    {
        _turns.Begin();
        Assert.True(_turns.HasLoaded);

        Wait("later");
        _turns.Begin();

        Assert.Equal(["later"], _drawn);
    }

    private Action Wait(string name)
    {
        void Draw() => _drawn.Add(name);
        Action draw = Draw;
        _turns.Wait(draw);
        return draw;
    }
}
