using Nexus.Fanout;
using Nexus.Fanout.Cli;
using Nexus.Fanout.Results;
using Nexus.Fanout.Runs;
using Nexus.Fanout.Tables;

const int Impossible = 2;

if (args.Length == 0 || args.Contains("--help"))
{
    Console.WriteLine(Usage.Text);
    return args.Length == 0 ? Impossible : 0;
}

try
{
    if (!OperatingSystem.IsLinux())
    {
        throw new FanoutException("fanout reads with epoll, which only Linux has.");
    }

    if (args[0] == "table")
    {
        Console.WriteLine(new ResultTable(args.Skip(1)).ToMarkdown());
        return 0;
    }

    var options = OptionsParser.Parse(args);
    using var rig = new Rig(options);
    IRunResult result = options.Mode switch
    {
        Mode.Idle => new IdleRun(rig).Execute(),
        Mode.Reconnect => new ReconnectRun(rig).Execute(),
        _ => new LoadRun(rig).Execute(),
    };
    Console.WriteLine(options.Json ? result.ToJson() : result.ToText());
    return result.IsClean ? 0 : 1;
}
catch (FanoutException failure)
{
    Console.Error.WriteLine(failure.Message);
    return Impossible;
}
