using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Nexus.AppHost.Tests.Processes;

public sealed class AppHostProcessTests
{
    public AppHostProcessTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "The children of a process are read from /proc.");

    [Fact]
    public async Task Interrupt_EverythingRuns_StopsAllAndLeavesNothingBehind()
    {
        await using var host = AppHostProcess.Start(AppHostProcess.FreePorts);
        await host.IsRunningAsync();
        Assert.NotEmpty(host.Children());

        host.Interrupt();

        Assert.Equal(0, await host.EndsAsync());
        await host.LeavesNothingBehindAsync();
        Assert.DoesNotContain("killed", host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Interrupt_WhileItStarts_LeavesNothingBehind()
    {
        await using var host = AppHostProcess.Start(AppHostProcess.FreePorts);
        await Eventually.IsTrueAsync(() => host.Children().Count > 1, "the first child is there");

        host.Interrupt();

        Assert.Equal(0, await host.EndsAsync());
        await host.LeavesNothingBehindAsync();
    }

    [Fact]
    public async Task Kill_EverythingRuns_LeavesNothingBehind()
    {
        await using var host = AppHostProcess.Start(AppHostProcess.FreePorts);
        await host.IsRunningAsync();
        Assert.NotEmpty(host.Children());

        host.Kill();

        await host.EndsAsync();
        await host.LeavesNothingBehindAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task End_DashboardRuns_LeavesNothingBehind(bool killed)
    {
        await using var host = AppHostProcess.StartWithDashboard(AppHostProcess.FreePorts);
        await host.IsRunningAsync();
        Assert.SkipUnless(
            host.Children().Any(child => child.Command.Contains("dashboard run", StringComparison.Ordinal)),
            "The aspire command is not installed. Install it with: npm install -g @microsoft/aspire-cli-linux-x64");

        if (killed)
        {
            host.Kill();
        }
        else
        {
            host.Interrupt();
        }

        await host.EndsAsync();
        await host.LeavesNothingBehindAsync();
    }

    [Fact]
    public async Task ServiceCrashes_EverythingRuns_OthersGoOnAndTheEndIsClean()
    {
        await using var host = AppHostProcess.Start(AppHostProcess.FreePorts);
        await host.IsRunningAsync();

        AppHostProcess.Kill(host.ChildOf("Nexus.Coordinator.Sim"));

        await host.SaysAsync("'coordinator-sim' ended with exit code 137; the others go on.");
        using var client = new HttpClient { BaseAddress = host.AddressOf("monitoring-api") };
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri("/health", UriKind.Relative))).StatusCode);
        host.Interrupt();
        Assert.Equal(0, await host.EndsAsync());
        await host.LeavesNothingBehindAsync();
    }

    [Fact]
    public async Task Start_PortTaken_SaysSoInOneSentenceAndFails()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var taken = ((IPEndPoint)other.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        await using var host = AppHostProcess.Start($"--Nexus:Api:Port={FreePort.Next()}", $"--Nexus:Web:Port={taken}");

        Assert.Equal(1, await host.EndsAsync());

        Assert.Contains($"Port {taken} is in use by another program", host.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_ServiceEndsAtItsStart_SaysWhyStopsTheOthersAndFails()
    {
        await using var host = AppHostProcess.Start(AppHostProcess.FreePorts, new KeyValuePair<string, string>("Kestrel__Endpoints__Wrong__Url", "nonsense"));

        await host.SaysAsync("' ended with exit code");
        host.Children();

        Assert.Equal(1, await host.EndsAsync());
        Assert.Contains("Invalid url: 'nonsense'", host.Output, StringComparison.Ordinal);
        await host.LeavesNothingBehindAsync();
    }

    [Fact]
    public async Task Start_RedisDoesNotAnswer_SaysWhereItLookedAndFails()
    {
        var nobody = FreePort.Next();
        await using var host = AppHostProcess.Start(
            [.. AppHostProcess.FreePorts, "--AppHost:StartDeadline=00:00:02"], new KeyValuePair<string, string>("REDIS_URL", $"redis://:secret@127.0.0.1:{nobody}"));

        Assert.Equal(1, await host.EndsAsync());

        Assert.Contains($"no Redis answers at 127.0.0.1:{nobody}", host.Output, StringComparison.Ordinal);
        Assert.Contains("correct ConnectionStrings:redis or REDIS_URL", host.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", host.Output, StringComparison.Ordinal);
    }
}
