namespace Nexus.Redis.Commands;

/// <summary>What redis-server 7 answers, to the letter: clients compare these texts.</summary>
internal static class StreamErrors
{
    public static ReadOnlySpan<byte> Syntax => "ERR syntax error"u8;

    public static ReadOnlySpan<byte> NoSuchKey => "ERR no such key"u8;

    public static ReadOnlySpan<byte> NotAnInteger => "ERR value is not an integer or out of range"u8;

    public static ReadOnlySpan<byte> InvalidId => "ERR Invalid stream ID specified as stream command argument"u8;

    public static ReadOnlySpan<byte> InvalidStart => "ERR invalid start ID for the interval"u8;

    public static ReadOnlySpan<byte> InvalidEnd => "ERR invalid end ID for the interval"u8;

    public static ReadOnlySpan<byte> ZeroId => "ERR The ID specified in XADD must be greater than 0-0"u8;

    public static ReadOnlySpan<byte> IdNotHigher =>
        "ERR The ID specified in XADD is equal or smaller than the target stream top item"u8;

    public static ReadOnlySpan<byte> Exhausted => "ERR The stream has exhausted the last possible ID, unable to add more items"u8;

    public static ReadOnlySpan<byte> NegativeMaxLength => "ERR The MAXLEN argument must be >= 0."u8;

    public static ReadOnlySpan<byte> NegativeLimit => "ERR The LIMIT argument must be >= 0."u8;

    public static ReadOnlySpan<byte> TwoStrategies =>
        "ERR syntax error, MAXLEN and MINID options at the same time are not compatible"u8;

    public static ReadOnlySpan<byte> LimitWithoutStrategy =>
        "ERR syntax error, LIMIT cannot be used without specifying a trimming strategy"u8;

    public static ReadOnlySpan<byte> LimitWithoutApproximate =>
        "ERR syntax error, LIMIT cannot be used without the special ~ option"u8;

    public static ReadOnlySpan<byte> TrimWithoutStrategy => "ERR syntax error, XTRIM must be called with a trimming strategy"u8;

    public static ReadOnlySpan<byte> OutOfMemory => "OOM command not allowed when used memory > 'maxmemory'."u8;
}
