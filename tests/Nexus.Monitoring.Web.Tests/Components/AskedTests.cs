using Bunit;
using Nexus.Monitoring.Web.Api;
using Nexus.Monitoring.Web.Components.Kit;

namespace Nexus.Monitoring.Web.Tests.Components;

public sealed class AskedTests : DashboardContext
{
    private readonly List<(TaskCompletionSource<string> Answer, CancellationToken Cancelled)> _asked = [];

    [Fact]
    public async Task Question_AgesFasterThanItIsAnswered_IsAnsweredAndAskedAgain()
    {
        var asked = Ask(1, "the instance");
        Ask(asked, 2, "the instance");
        Ask(asked, 3, "the instance");
        Assert.False(Assert.Single(_asked).Cancelled.IsCancellationRequested);

        _asked[0].Answer.SetResult("first");
        await asked.WaitForAssertionAsync(() => Assert.Contains("first", asked.Markup, StringComparison.Ordinal));
        Assert.Equal(2, _asked.Count);
        _asked[1].Answer.SetResult("second");

        await asked.WaitForAssertionAsync(() => Assert.Contains("second", asked.Markup, StringComparison.Ordinal));
        Assert.Equal(2, _asked.Count);
    }

    [Fact]
    public async Task Question_AboutSomethingElse_TakesTheOneBeforeBack()
    {
        var asked = Ask(1, "a");
        Ask(asked, 2, "b");
        Assert.True(_asked[0].Cancelled.IsCancellationRequested);

        _asked[1].Answer.SetResult("of b");
        _asked[0].Answer.SetResult("of a");
        await asked.WaitForAssertionAsync(() => Assert.Contains("of b", asked.Markup, StringComparison.Ordinal));

        Assert.DoesNotContain("of a", asked.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_Problem_IsSaidAndTriedAgainOnRequest()
    {
        var asked = Ask(1, "a");
        _asked[0].Answer.SetException(new ApiProblemException("The API is not reachable."));
        await asked.WaitForAssertionAsync(() => Assert.Contains("The API is not reachable.", asked.Markup, StringComparison.Ordinal));

        var trying = asked.Find("button").ClickAsync(new());
        _asked[1].Answer.SetResult("there");
        await trying;

        await asked.WaitForAssertionAsync(() => Assert.Contains("there", asked.Markup, StringComparison.Ordinal));
        Assert.DoesNotContain("not reachable", asked.Markup, StringComparison.Ordinal);
    }

    private IRenderedComponent<Asked<string>> Ask(int question, string subject) => Render<Asked<string>>(parameters => parameters
        .Add(x => x.What, "The instance")
        .Add(x => x.Ask, Answer)
        .Add(x => x.Question, question)
        .Add(x => x.Subject, subject)
        .Add(x => x.ChildContent, answer => answer));

    private static void Ask(IRenderedComponent<Asked<string>> asked, int question, string subject) =>
        asked.Render(parameters => parameters.Add(x => x.Question, question).Add(x => x.Subject, subject));

    private Task<string> Answer(CancellationToken cancellationToken)
    {
        _asked.Add((new TaskCompletionSource<string>(), cancellationToken));
        return _asked[^1].Answer.Task;
    }
}
