using Nexus.AppHost.Redis;

namespace Nexus.AppHost.Tests.Redis;

public sealed class ContainerEngineTests
{
    [Fact]
    public void Answers_NoSuchCommand_IsFalse() => Assert.False(ContainerEngine.Answers("no-such-container-engine"));

    [Theory]
    [InlineData("exit 0", true)]
    [InlineData("echo 'Cannot connect to the daemon' >&2; exit 1", false)]
    public void Answers_CommandIsThere_IsWhatItsEngineSays(string script, bool expected)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The command of this test is a shell script.");
        using var folder = new TemporaryFolder();
        var command = Path.Combine(folder.Path, "engine");
        File.WriteAllText(command, $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(command, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        Assert.Equal(expected, ContainerEngine.Answers(command));
    }
}
