using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Nexus.Monitoring.Api.Tests.Hosting;

/// <summary>The program as it is started: what it says when it cannot.</summary>
public sealed class StartupTests
{
    private const string Redis = "127.0.0.1:1";

    [Fact]
    public async Task Start_TakenPort_IsOneSentenceAndExitCode1()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        var (exitCode, error) = await RunAsync(("ASPNETCORE_URLS", $"http://127.0.0.1:{port}"), ("ConnectionStrings__redis", Redis));

        Assert.Equal(1, exitCode);
        var sentence = Assert.Single(error.Trim().Split('\n'));
        Assert.Contains($"{port}", sentence, StringComparison.Ordinal);
        Assert.Contains("ASPNETCORE_URLS", sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Monitoring__RingEvents", "1", "Monitoring:RingEvents is 1; 16 to 16777216 is allowed.")]
    [InlineData("Monitoring__PingInterval", "02:00:00", "Monitoring:PingInterval is 02:00:00; 00:00:00.0100000 to 01:00:00 is allowed.")]
    [InlineData("Monitoring__AllowedOrigins__0", "ops.example.com", "Monitoring:AllowedOrigins holds 'ops.example.com'; scheme, host and port are allowed, such as https://ops.example.com.")]
    [InlineData("Monitoring__MaxConnections", "many", "'many' at 'Monitoring:MaxConnections'")]
    [InlineData("ConnectionStrings__redis", "http://redis", "ConnectionStrings:redis is not an address of Redis;")]
    [InlineData("ConnectionStrings__redis", "", "Nothing says where Redis is; set ConnectionStrings:redis or REDIS_URL")]
    public async Task Start_BadSetting_IsASentenceThatNamesTheKey(string key, string value, string sentence)
    {
        var (exitCode, error) = await RunAsync(
            ("ASPNETCORE_URLS", "http://127.0.0.1:0"), ("ConnectionStrings__redis", Redis), (key, value));

        Assert.Equal(1, exitCode);
        Assert.Contains(sentence, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    private static async Task<(int ExitCode, string Error)> RunAsync(params (string Key, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Nexus.Monitoring.Api.dll")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (key, value) in environment)
        {
            start.Environment[key] = value;
        }

        using var process = Process.Start(start)!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync();
            var error = process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
            await output;
            return (process.ExitCode, await error);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }
}
