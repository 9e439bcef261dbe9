using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using Nexus.Redis.Configuration;
using Nexus.Redis.Hosting;

if (args is ["--help"] or ["-h"])
{
    Console.WriteLine(RedisArguments.Usage);
    return 0;
}

var stop = new TaskCompletionSource();
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var logging = LoggerFactory.Create(builder => builder
    .SetMinimumLevel(LogLevel.Warning)
    .AddSimpleConsole(format => format.SingleLine = true));

try
{
    var options = RedisArguments.Read(args, Environment.GetEnvironmentVariable);
    await using var server = await EmbeddedRedisServer.StartAsync(options, logging);
    Console.WriteLine($"listening on {server.ConnectionString}, data in {server.DataFolder}");
    await stop.Task;
    return 0;
}
catch (EmbeddedRedisException error)
{
    await Console.Error.WriteLineAsync(error.Message);
    return 1;
}

void Stop(PosixSignalContext context)
{
    context.Cancel = true;
    stop.TrySetResult();
}
