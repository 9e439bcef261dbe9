using Nexus.Redis.Streams;

namespace Nexus.Redis.Tests.Streams;

public sealed class StreamLogTests
{
    /// <summary>Every operation, in random order, against a list that does the same in the obvious way.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Operations_InAnyOrder_DoWhatAListDoes(int seed)
    {
        var random = new Random(seed);
        var log = new StreamLog();
        var model = new List<(StreamId Id, byte[] Fields)>();
        for (var step = 0; step < 20_000; step++)
        {
            switch (random.Next(40))
            {
                case 0:
                    var keep = random.Next(600);
                    Assert.Equal(Math.Max(0, model.Count - keep), log.Trim(new(StreamTrimStrategy.MaxLength) { MaxLength = keep }));
                    model.RemoveRange(0, Math.Max(0, model.Count - keep));
                    break;
                case 1:
                    var from = AnyId(random, log);
                    Assert.Equal(model.RemoveAll(entry => entry.Id < from), log.Trim(new(StreamTrimStrategy.MinId) { MinId = from }));
                    break;
                case 2:
                    var before = model.Count;
                    model.RemoveRange(0, (int)log.Trim(new(StreamTrimStrategy.MaxLength) { MaxLength = 300, Approximate = true }));
                    Assert.InRange(model.Count, Math.Min(before, 300), Math.Max(300 + StreamBlock.MaxEntries - 1, 300));
                    break;
                case < 8:
                    var gone = AnyId(random, log);
                    Assert.Equal(model.RemoveAll(entry => entry.Id == gone) == 1, log.Remove(gone));
                    break;
                case 8:
                    var start = AnyId(random, log);
                    Assert.Equal(model.Where(entry => entry.Id >= start).Select(entry => entry.Id), Forward(log, start));
                    Assert.Equal(model.Where(entry => entry.Id < start).Select(entry => entry.Id).Reverse(), Backward(log, start));
                    break;
                case 9:
                    log = Stored(log);
                    break;
                default:
                    var id = random.Next(3) == 0 ? new StreamId(log.LastId.Milliseconds + 1, 0) : log.LastId.Next();
                    var fields = new byte[random.Next(200)];
                    random.NextBytes(fields);
                    fields.CopyTo(log.Append(id, fields.Length));
                    model.Add((id, fields));
                    break;
            }

            Assert.Equal(model.Count, log.Length);
        }

        var cursor = log.From(StreamId.Min);
        foreach (var (id, fields) in model)
        {
            Assert.True(cursor.Forward());
            Assert.Equal(id, cursor.Id);
            Assert.Equal(fields, cursor.Fields);
            cursor.Skip();
        }
    }

    [Fact]
    public void Trim_WithALimit_StopsBeforeIt()
    {
        var log = Filled(1000);

        Assert.Equal(200, log.Trim(new(StreamTrimStrategy.MaxLength) { Approximate = true, Limit = 250 }));
        Assert.Equal(800, log.Length);
    }

    [Fact]
    public void Memory_AfterEverythingWasTrimmed_IsAsAtTheStart()
    {
        var log = Filled(5000);
        Assert.InRange(log.Memory, 5000 * 120, 5000 * 200);

        log.Trim(new(StreamTrimStrategy.MaxLength));

        Assert.Equal(new StreamLog().Memory, log.Memory);
        Assert.Equal(0, log.BlockCount);
    }

    [Fact]
    public void Store_AndRead_KeepsIdsCountsAndBlocks()
    {
        var log = Filled(250);
        log.Remove(new StreamId(77, 0));
        log.Trim(new(StreamTrimStrategy.MaxLength) { MaxLength = 170 });

        var read = Stored(log);

        Assert.Equal(
            (log.Length, log.LastId, log.MaxDeletedId, log.EntriesAdded, log.BlockCount),
            (read.Length, read.LastId, read.MaxDeletedId, read.EntriesAdded, read.BlockCount));
        Assert.Equal(Forward(log, StreamId.Min), Forward(read, StreamId.Min));
    }

    private static StreamLog Filled(int count)
    {
        var log = new StreamLog();
        for (var number = 1; number <= count; number++)
        {
            log.Append(new StreamId((ulong)number, 0), 100);
        }

        return log;
    }

    private static StreamLog Stored(StreamLog log)
    {
        var buffer = new MemoryStream();
        StreamLogFormat.Write(new BinaryWriter(buffer), log);
        buffer.Position = 0;
        return StreamLogFormat.Read(new BinaryReader(buffer));
    }

    private static StreamId AnyId(Random random, StreamLog log)
    {
        var first = log.FirstId.Milliseconds;
        return new(first + (ulong)random.NextInt64((long)(log.LastId.Milliseconds - first) + 2), (ulong)random.Next(4));
    }

    private static List<StreamId> Forward(StreamLog log, StreamId from)
    {
        var ids = new List<StreamId>();
        for (var cursor = log.From(from); cursor.Forward(); cursor.Skip())
        {
            ids.Add(cursor.Id);
        }

        return ids;
    }

    private static List<StreamId> Backward(StreamLog log, StreamId before)
    {
        var ids = new List<StreamId>();
        for (var cursor = log.From(before); cursor.Back();)
        {
            ids.Add(cursor.Id);
        }

        return ids;
    }
}
