using static Nexus.IntegrationTests.Wire.RawFrame;

namespace Nexus.IntegrationTests.Wire;

/// <summary>RFC 6455 as data.</summary>
/// <seealso href="https://www.rfc-editor.org/rfc/rfc6455#section-5"/>
public static class WireCases
{
    private const int Invalid = 1002, NotText = 1003, NotUtf8 = 1007, TooBig = 1009, NoCode = -1;

    private static readonly byte[] Payload125 = [.. Enumerable.Range(0, 125).Select(i => (byte)i)];

    public static IReadOnlyList<WireCase> All { get; } =
    [
        .. Fragmentation(), .. Control(), .. Headers(), .. Utf8(), .. Sizes(), .. Closing(),
    ];

    /// <summary>Section 5.4.</summary>
    private static IEnumerable<WireCase> Fragmentation() =>
    [
        WireCase.GoesOn("text in two fragments", OfText("pi", fin: false), Of(Continuation, "ng"u8.ToArray())),
        WireCase.GoesOn("text in fragments of one byte", [OfText("p", fin: false), Of(Continuation, "i"u8.ToArray(), fin: false), Of(Continuation, "n"u8.ToArray(), fin: false), Of(Continuation, "g"u8.ToArray())]),
        WireCase.GoesOn("empty fragments", OfText("", fin: false), Of(Continuation, [], fin: false), Of(Continuation, "ping"u8.ToArray(), fin: false), Of(Continuation, [])),
        WireCase.GoesOn("empty text", OfText("")),
        WireCase.GoesOn("header and payload byte by byte", [.. OfText("ping").Select(one => new[] { one })]),
        WireCase.GoesOn("ping between fragments", OfText("pi", fin: false), Of(Ping, "now"u8.ToArray()), Of(Continuation, "ng"u8.ToArray())).AndPongs("now"u8.ToArray()),
        WireCase.FailsWith(Invalid, "continuation of nothing", Of(Continuation, "ping"u8.ToArray())),
        WireCase.FailsWith(Invalid, "continuation of nothing, not final", Of(Continuation, "ping"u8.ToArray(), fin: false)),
        WireCase.FailsWith(Invalid, "new text within a fragmented one", OfText("pi", fin: false), OfText("ping")),
        WireCase.FailsWith(Invalid, "continuation after the last fragment", OfText("pi", fin: false), Of(Continuation, "ng"u8.ToArray()), Of(Continuation, "!"u8.ToArray())),
        WireCase.EndsWith(NotText, "binary", Of(Binary, [1, 2, 3])),
    ];

    /// <summary>Section 5.5.</summary>
    private static IEnumerable<WireCase> Control() =>
    [
        WireCase.GoesOn("ping without a payload", Of(Ping, [])).AndPongs([[]]),
        WireCase.GoesOn("ping with 125 bytes", Of(Ping, Payload125)).AndPongs(Payload125),
        WireCase.GoesOn("three pings at once", [.. Of(Ping, [1]), .. Of(Ping, [2]), .. Of(Ping, [3])]).AndPongs([1], [2], [3]),
        WireCase.GoesOn("pong that nobody asked for", Of(Pong, "hello"u8.ToArray())),
        WireCase.FailsWith(Invalid, "ping with 126 bytes", Of(Ping, [.. Payload125, 0])),
        WireCase.FailsWith(Invalid, "pong with 126 bytes", Of(Pong, [.. Payload125, 0])),
        WireCase.FailsWith(Invalid, "fragmented ping", Of(Ping, [1], fin: false)),
        WireCase.FailsWith(Invalid, "fragmented close", Of(Close, [3, 232], fin: false)),
    ];

    /// <summary>Section 5.2.</summary>
    private static IEnumerable<WireCase> Headers() =>
    [
        .. new[] { 4, 2, 1, 7 }.Select(rsv => WireCase.FailsWith(Invalid, $"reserved bits {rsv}", Of(Text, "ping"u8.ToArray(), rsv: rsv))),
        WireCase.FailsWith(Invalid, "reserved bit in a ping", Of(Ping, [], rsv: 4)),
        .. new[] { 3, 4, 5, 6, 7, 11, 12, 13, 14, 15 }.Select(opcode => WireCase.FailsWith(Invalid, $"reserved opcode {opcode}", Of(opcode, []))),
        WireCase.FailsWith(Invalid, "text without a mask", Of(Text, "ping"u8.ToArray(), masked: false)),
        WireCase.FailsWith(Invalid, "ping without a mask", Of(Ping, "ping"u8.ToArray(), masked: false)),
        WireCase.FailsWith(Invalid, "close without a mask", Of(Close, [3, 232, .. "bye"u8], masked: false)),
        WireCase.GoesOn("length of 4 in two bytes", Of(Text, "ping"u8.ToArray(), lengthBytes: 3)).OrEndsWith(Invalid),
        WireCase.GoesOn("length of 4 in eight bytes", Of(Text, "ping"u8.ToArray(), lengthBytes: 9)).OrEndsWith(Invalid),
        WireCase.FailsWith(Invalid, "length with its highest bit set", Of(Text, [], claimedLength: 1UL << 63)).OrEndsWith(TooBig),
    ];

    /// <summary>Section 8.1.</summary>
    private static IEnumerable<WireCase> Utf8() =>
    [
        WireCase.GoesOn("text in other scripts", OfText("κόσμε 世界 🌍")),
        WireCase.GoesOn("a character cut in two by fragments", Of(Text, [0xF0, 0x9F], fin: false), Of(Continuation, [0x8C, 0x8D])),
        WireCase.FailsWith(NotUtf8, "a byte that never occurs", Of(Text, [0x70, 0xFF, 0x70])),
        WireCase.FailsWith(NotUtf8, "a lone continuation byte", Of(Text, [0x80])),
        WireCase.FailsWith(NotUtf8, "a character in too many bytes", Of(Text, [0xC0, 0xAF])),
        WireCase.FailsWith(NotUtf8, "half a surrogate pair", Of(Text, [0xED, 0xA0, 0x80])),
        WireCase.FailsWith(NotUtf8, "beyond the last character", Of(Text, [0xF4, 0x90, 0x80, 0x80])),
        WireCase.FailsWith(NotUtf8, "a character that does not end", Of(Text, [0x70, 0xE4, 0xB8])),
        WireCase.FailsWith(NotUtf8, "a character that does not end, in the last fragment", OfText("ok", fin: false), Of(Continuation, [0xE4, 0xB8])),
    ];

    /// <summary>Section 7.4.1, and our limit of 16 KB.</summary>
    private static IEnumerable<WireCase> Sizes() =>
    [
        WireCase.GoesOn("16 KB", OfText(new string('x', 16 * 1024))),
        WireCase.EndsWith(TooBig, "one byte more", OfText(new string('x', (16 * 1024) + 1))),
        WireCase.EndsWith(TooBig, "1 MB", OfText(new string('x', 1024 * 1024))),
        WireCase.EndsWith(TooBig, "1 MB in fragments", [OfText("", fin: false), .. Enumerable.Range(0, 1024).Select(_ => Of(Continuation, new byte[1024], fin: false))]),
        WireCase.EndsWith(TooBig, "1 TB that never comes", Of(Text, new byte[32 * 1024], claimedLength: 1UL << 40)),
        WireCase.EndsWith(TooBig, "binary of 1 MB", Of(Binary, new byte[1024 * 1024])).OrEndsWith(NotText),
    ];

    /// <summary>Sections 5.5.1 and 7.4.</summary>
    private static IEnumerable<WireCase> Closing() =>
    [
        .. new[] { 1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999 }.Select(code => WireCase.EndsWith(code, $"close with {code}", OfClose(code, "bye")).OrEndsWith(1000)),
        WireCase.EndsWith(NoCode, "close without a code", Of(Close, [])).OrEndsWith(1000),
        WireCase.EndsWith(1000, "close with the longest reason", OfClose(1000, new string('r', 123))),
        WireCase.FailsWith(Invalid, "close with one byte", Of(Close, [3])),
        .. new[] { 0, 999, 1004, 1005, 1006, 1015, 2999, 5000, 65535 }.Select(code => WireCase.FailsWith(Invalid, $"close with {code}, which nobody may send", OfClose(code))),
        WireCase.FailsWith(NotUtf8, "close with a reason that is no text", Of(Close, [3, 232, 0xFF])).OrEndsWith(Invalid),
        WireCase.FailsWith(Invalid, "close with 126 bytes", OfClose(1000, new string('r', 124))),
        WireCase.EndsWith(1000, "text after a close", OfClose(1000), OfText("ping")),
        WireCase.EndsWith(1000, "close in the middle of a message", OfText("pi", fin: false), OfClose(1000)),
    ];
}
