using System.Runtime.CompilerServices;
using Garnet.server;

namespace Nexus.Redis.Commands;

/// <summary>
/// Tells Garnet which key a stream command uses. EXEC locks the keys of the queued commands and then runs them without further
/// locking; Garnet's table has no key for commands that are added to it, so that a transaction would change a stream while others read
/// or change it. The table is private and has one line for all of them, whose key is the first argument.
/// </summary>
internal static class TransactionKeys
{
    public static void LockFirstArgument()
    {
        // Fills the table
        _ = RespCommandsInfo.TryGetSimpleRespCommandInfo(RespCommand.CustomObjCmd, out _);
        Table(null)[(int)RespCommand.CustomObjCmd].KeySpecs =
        [
            new SimpleRespKeySpec
            {
                BeginSearch = new SimpleRespKeySpecBeginSearch(index: 1),
                FindKeys = new SimpleRespKeySpecFindKeys(keyStep: 1, lastKeyOrLimit: 0, isLimit: false),
                Flags = KeySpecificationFlags.RW,
            },
        ];
    }

    [UnsafeAccessor(UnsafeAccessorKind.StaticField, Name = "SimpleRespCommandsInfo")]
    private static extern ref SimpleRespCommandInfo[] Table(RespCommandsInfo? type);
}
