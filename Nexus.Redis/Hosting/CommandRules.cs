using Garnet.server.Auth.Settings;

namespace Nexus.Redis.Hosting;

/// <summary>
/// Which commands anyone may call. All but TYPE: Garnet answers nothing at all when the key holds a stream, so that every later
/// reply on the connection would be taken for the wrong command's. Refused, it is at least an error.
/// </summary>
internal static class CommandRules
{
    private const string Rules = "user default on nopass +@all -type";

    public static AclAuthenticationSettings Write(string folder)
    {
        var file = Path.Combine(folder, "commands.acl");
        File.WriteAllText(file, Rules + Environment.NewLine);
        return new AclAuthenticationPasswordSettings(file);
    }
}
