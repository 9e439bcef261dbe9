using System.Reflection;
using Garnet;
using Garnet.server;
using Microsoft.Extensions.Logging;
using Tsavorite.core;

namespace Nexus.Redis.Hosting;

/// <summary>Garnet, with sessions that the file of an earlier life does not know.</summary>
internal sealed class StreamServer(GarnetServerOptions options, ILoggerFactory logging) : GarnetServer(options, logging)
{
    /// <summary>Room for the sessions of one life.</summary>
    private const int Sessions = 1 << 24;

    /// <summary>
    /// A transaction that a killed process had begun to write stays open in the append-only file, under the number of its session. Numbers
    /// begin at 1 in each process, so that what the next one writes would be taken for part of it: lost at the start after that, or refused as
    /// a transaction inside another. Each life therefore numbers its sessions from a place of its own.
    /// </summary>
    public void NameSessionsAnew()
    {
        var store = storeWrapper.store;
        Field(store.GetType(), "maxSessionID").SetValue(store, Random.Shared.Next(1, int.MaxValue - Sessions));
    }

    /// <summary>
    /// A checkpoint may cut the append-only file amid a transaction, which it then holds itself. Garnet skips the rest, but notes the end
    /// in an object that it makes for files of several parts only, and cannot start without it.
    /// </summary>
    public void ExpectEndsOfTransactions()
    {
        var file = storeWrapper.appendOnlyFile;
        file.readConsistencyManager ??= new ReadConsistencyManager(1, file, storeWrapper.serverOptions);
    }

    /// <summary>
    /// A value that was replaced while a checkpoint was taken stays in the store's log, and the checkpoints after that one hold one byte for it.
    /// Garnet reads that as no value at all, for which the first checkpoint after a start writes nothing, but with the place and a length of
    /// its neighbour's. At the next start it reads the neighbour twice, which ends the process once that is larger than a buffer.
    /// </summary>
    public void ReadSupersededValues()
    {
        var store = storeWrapper.store;
        var log = Field(store.GetType(), "hlogBase");
        var functions = Field(log.FieldType, "storeFunctions");
        var serializer = Field(functions.FieldType, "valueSerializerCreator");
        var functionsOfLog = functions.GetValue(log.GetValue(store))!;
        var garnet = (Func<IObjectSerializer<IHeapObject>>)serializer.GetValue(functionsOfLog)!;
        Func<IObjectSerializer<IHeapObject>> create = () => new SupersededValueSerializer(garnet());
        serializer.SetValue(functionsOfLog, create);
        functions.SetValue(log.GetValue(store), functionsOfLog);
    }

    private static FieldInfo Field(Type type, string name) =>
        type.GetField(name, BindingFlags.Instance | BindingFlags.NonPublic) ?? throw new MissingFieldException(type.FullName, name);
}
