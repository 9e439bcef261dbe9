using Nexus.Redis.Configuration;
using Nexus.Redis.Hosting;

namespace Nexus.Redis.Tests.Configuration;

public sealed class RedisArgumentsTests
{
    [Fact]
    public void Read_Nothing_GivesTheDefaults()
    {
        var options = RedisArguments.Read([], _ => null);

        Assert.Equal(6379, options.Port);
        Assert.Equal(Path.Combine(".data", "redis"), options.DataFolder);
        Assert.Equal(1L << 30, options.Memory);
    }

    [Fact]
    public void Read_Environment_IsTaken()
    {
        var options = RedisArguments.Read(
            [], name => name switch { "NEXUS_REDIS_PORT" => "7000", "NEXUS_REDIS_DATA" => "/data", "NEXUS_REDIS_MEMORY" => "2G", _ => null });

        Assert.Equal((7000, "/data", 2L << 30), (options.Port, options.DataFolder, options.Memory));
    }

    [Fact]
    public void Read_Arguments_WinOverTheEnvironment()
    {
        var options = RedisArguments.Read(["--port", "7001", "--data=here", "--memory", "268435456"], _ => "7000");

        Assert.Equal((7001, "here", EmbeddedRedisOptions.MinMemory), (options.Port, options.DataFolder, options.Memory));
    }

    [Theory]
    [InlineData("--port=x", "--port is 'x'; allowed is a number from 0 to 65535.")]
    [InlineData("--port=-1", "--port is '-1'; allowed is a number from 0 to 65535.")]
    [InlineData("--port=", "--port is ''; allowed is a number from 0 to 65535.")]
    [InlineData("--data=", "--data is ''; allowed is the path of a folder.")]
    [InlineData("--memory=255m", "--memory is '255m'; allowed is a size of at least 256m, such as 512m or 2g.")]
    [InlineData("--memory=m", "--memory is 'm'; allowed is a size of at least 256m, such as 512m or 2g.")]
    [InlineData("--memory=9999999999999999g", "--memory is '9999999999999999g'; allowed is a size of at least 256m, such as 512m or 2g.")]
    [InlineData("--memory", "--memory needs a value.")]
    [InlineData("--prot=1", "'--prot=1' is not an option; allowed are --port, --data and --memory.")]
    public void Read_ABadValue_SaysWhatIsAllowed(string argument, string expected)
    {
        var error = Assert.Throws<EmbeddedRedisException>(() => RedisArguments.Read([argument], _ => null));

        Assert.Equal(expected, error.Message);
    }

    [Fact]
    public void Read_ABadVariable_NamesTheVariable()
    {
        var error = Assert.Throws<EmbeddedRedisException>(
            () => RedisArguments.Read([], name => name == "NEXUS_REDIS_PORT" ? "http" : null));

        Assert.Equal("NEXUS_REDIS_PORT is 'http'; allowed is a number from 0 to 65535.", error.Message);
    }
}
