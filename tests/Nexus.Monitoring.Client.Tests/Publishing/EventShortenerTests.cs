using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using CsCheck;
using Nexus.Monitoring.Client.Publishing;
using Nexus.Monitoring.Contracts.Events;
using Nexus.Monitoring.Contracts.Json;

namespace Nexus.Monitoring.Client.Tests.Publishing;

public sealed class EventShortenerTests
{
    /// <summary>Text of one to four bytes a character, with characters that JSON escapes, and broken surrogates.</summary>
    private static readonly Gen<string> Text = Gen.Frequency(
        (4, Gen.Char['a', 'z'].Select(c => c.ToString())),
        (1, Gen.OneOfConst("é", "中", "😀", "👩‍👩‍👧", "\"", "\\", "\n", "\u0001", "\ud83d", "\ude00", "\u2028", "…")))
        .Array[0, 700].Select(parts => string.Concat(parts));

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = MonitoringJson.Encoder };

    private static readonly Gen<(string? Message, string? Error, string? Meta, int Limit)> Cases =
        Gen.Select(Text.Null(), Text.Null(), Text.Null(), Gen.Int[300, 1_500]);

    [Fact]
    public void Write_AnyEvent_NeverExceedsTheLimitAndCutsOnlyAsFarAsNeeded() => Cases.Sample(
        (message, error, metaText, limit) =>
        {
            var original = Create(message, error, metaText is null ? null : Meta(metaText));
            var json = new EventShortener(limit).Write(original).ToArray();
            Assert.NotEmpty(json);
            Assert.True(json.Length <= limit, $"{json.Length} bytes, {limit} are allowed");
            Assert.True(EventJson.TryRead(json, out var written, out var problem), problem);
            var whole = EventJson.ToUtf8(original);
            if (whole.Length <= limit)
            {
                Assert.Equal(whole, json);
                return;
            }

            var metaWasCut = written.Meta is { } meta && meta.TryGetProperty("truncated", out _);
            if (!metaWasCut && written.Message == Readable(message) && written.Error == Readable(error))
            {
                // Only broken surrogates were too long.
                return;
            }

            var messageWasCut = WasCut(message, written.Message);
            var errorWasCut = WasCut(error, written.Error);
            Assert.True(metaWasCut || messageWasCut || errorWasCut);
            Assert.True(!messageWasCut || metaWasCut || original.Meta is null || MarkerIsNoShorter(original), "message is cut only after meta");
            Assert.True(!errorWasCut || string.IsNullOrEmpty(message) || written.Message == "…", "error is cut only after message");
            if (messageWasCut && !errorWasCut)
            {
                AssertLongest(message!, written.Message!, written with { Message = "" }, limit);
            }
            else if (errorWasCut)
            {
                AssertLongest(error!, written.Error!, written with { Error = "" }, limit);
            }
        },
        iter: 2_000);

    [Fact]
    public void Write_LargeMeta_SaysHowLargeItWas()
    {
        var meta = Meta(new string('x', 1_000));
        var json = new EventShortener(400).Write(Create("kept", "kept too", meta)).ToArray();

        Assert.True(EventJson.TryRead(json, out var e, out _));
        Assert.Equal($$"""{"truncated":true,"original_bytes":{{meta.GetRawText().Length}}}""", e.Meta!.Value.GetRawText());
        Assert.Equal(("kept", "kept too"), (e.Message, e.Error));
    }

    [Fact]
    public void Write_NothingLeftToCut_IsEmpty()
    {
        var e = Create("message", "error", null) with { TaskId = new string('x', 1_000) };

        Assert.Empty(new EventShortener(512).Write(e).ToArray());
    }

    [Theory]
    [InlineData("abcdef", 1, "ab…")]
    [InlineData("abcdef", 100, "…")]
    [InlineData("ab😀cd", 3, "ab…")]
    [InlineData("a\n\ncd", 2, "a…")]
    public void Cut_Text_EndsAtACharacter(string text, int excess, string expected) => Assert.Equal(expected, EventShortener.Cut(text, excess));

    private static MonitoringEvent Create(string? message, string? error, JsonElement? meta) => new()
    {
        EventId = "0195f3a0-0000-7000-8000-000000000000",
        Timestamp = DateTimeOffset.UnixEpoch,
        EventType = "task_failed",
        Message = message,
        Error = error,
        Meta = meta,
    };

    private static bool WasCut(string? before, string? after) => after?.EndsWith('…') == true && after != Readable(before!);

    private static bool MarkerIsNoShorter(MonitoringEvent e)
    {
        var bytes = Encoding.UTF8.GetByteCount(e.Meta!.Value.GetRawText());
        return bytes <= $$"""{"truncated":true,"original_bytes":{{bytes}}}""".Length;
    }

    private static JsonElement Meta(string text) =>
        JsonSerializer.SerializeToElement(new { text = Readable(text) }, Relaxed);

    /// <summary>What is left is a beginning, ends at a character, and the next character would not have fitted.</summary>
    private static void AssertLongest(string original, string cut, MonitoringEvent without, int limit)
    {
        var readable = Readable(original);
        Assert.StartsWith(cut[..^1], readable, StringComparison.Ordinal);
        var next = readable[(cut.Length - 1)..].EnumerateRunes().First();
        var field = without.Message == "" ? cut[..^1] + next + "…" : null;
        var longer = field is not null ? without with { Message = field } : without with { Error = cut[..^1] + next + "…" };
        Assert.True(EventJson.ToUtf8(longer).Length > limit, "the next character would have fitted");
    }

    /// <summary>What JSON makes of broken surrogates.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    private static string? Readable(string? text) => text is null ? null : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
