using System.Text.Json;
using Nexus.Monitoring.Web.Events;

namespace Nexus.Monitoring.Web.Tests.Events;

public sealed class JsonMarkupTests
{
    [Fact]
    public void Of_Object_IsIndentedAndColoured() => Assert.Equal(
        """
        {
          &quot;n&quot;: <span class="n">1</span>,
          &quot;list&quot;: [
            <span class="k">true</span>
          ],
          &quot;none&quot;: {}
        }
        """,
        Markup("""{"n":1,"list":[true],"none":{}}"""));

    [Fact]
    public void Of_MarkupInNamesAndValues_IsEncoded()
    {
        var markup = Markup("""{"<img src=x>":"</span><script>alert(1)</script>"}""");

        Assert.DoesNotContain("<img", markup, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", markup, StringComparison.Ordinal);
    }

    private static string Markup(string json)
    {
        using var document = JsonDocument.Parse(json);
        return JsonMarkup.Of(document.RootElement);
    }
}
