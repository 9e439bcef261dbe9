using Garnet.server;
using Nexus.Redis.Streams;

namespace Nexus.Redis.Commands;

/// <summary>
/// Adds the stream commands to a Garnet server. Garnet numbers commands in this order and stores the numbers in its append-only
/// file, so new ones go to the end and none is taken out.
/// </summary>
internal static class StreamCommands
{
    public static void Register(RegisterApi register, TimeProvider clock, long maxStreamMemory)
    {
        TransactionKeys.LockFirstArgument();
        var factory = new StreamObjectFactory();
        Write("XADD", new XAddCommand(clock, maxStreamMemory));
        Write("XTRIM", new XTrimCommand());
        Write("XDEL", new XDelCommand());
        Read("XLEN", new XLenCommand());
        Read("XRANGE", new XRangeCommand(reversed: false));
        Read("XREVRANGE", new XRangeCommand(reversed: true));
        Read(XInfoStreamCommand.Name, new XInfoStreamCommand());
        Read(XReadStreamCommand.Name, new XReadStreamCommand());
        register.NewProcedure("XREAD", () => new XReadProcedure(), AtLeastOneArgument("XREAD"));
        register.NewProcedure("XINFO", () => new XInfoProcedure(), AtLeastOneArgument("XINFO"));

        void Write(string name, StreamCommand command) =>
            register.NewCommand(name, CommandType.ReadModifyWrite, factory, command, AtLeastOneArgument(name));

        void Read(string name, StreamCommand command) =>
            register.NewCommand(name, CommandType.Read, factory, command, AtLeastOneArgument(name));
    }

    /// <summary>Garnet takes the first argument without asking whether it is there; the commands themselves check the rest.</summary>
    private static RespCommandsInfo AtLeastOneArgument(string name) => new() { Name = name, Arity = -2 };
}
