using System.Globalization;

namespace Nexus.Monitoring.Web.Pages;

/// <summary>The period that a view is about, as it stands in the address: <c>range=6h</c>, or <c>from</c> and <c>to</c>.</summary>
public sealed record TimeRange
{
    public const string Parameter = "range";
    public const string FromParameter = "from";
    public const string ToParameter = "to";

    private static readonly IReadOnlyList<(string Name, TimeSpan Length, string Text)> Known =
    [
        ("15m", TimeSpan.FromMinutes(15), "15 min"),
        ("1h", TimeSpan.FromHours(1), "1 h"),
        ("6h", TimeSpan.FromHours(6), "6 h"),
        ("24h", TimeSpan.FromHours(24), "24 h"),
        ("7d", TimeSpan.FromDays(7), "7 d"),
    ];

    private const string All = "all";

    /// <summary>As far back as anything is kept.</summary>
    public static TimeRange Everything { get; } = new() { Name = All };

    public static TimeRange Default { get; } = new() { Name = "15m" };

    /// <summary>Those to choose from, with their words.</summary>
    public static IReadOnlyList<(TimeRange Value, string Text)> Choices { get; } =
        [.. Known.Select(known => (new TimeRange { Name = known.Name }, known.Text))];

    /// <summary>One of the known lengths, ending now; absent for a period of its own.</summary>
    public string? Name { get; private init; }

    public DateTimeOffset? From { get; private init; }

    public DateTimeOffset? To { get; private init; }

    /// <summary>Whether it ends now, and so moves on with time.</summary>
    public bool EndsNow => Name is not null;

    /// <param name="from">Before <paramref name="to"/>.</param>
    /// <param name="to">In UTC or with an offset.</param>
    public static TimeRange Between(DateTimeOffset from, DateTimeOffset to) => from < to
        ? new TimeRange { From = from.ToUniversalTime(), To = to.ToUniversalTime() }
        : throw new ArgumentOutOfRangeException(nameof(from), from, "A period begins before it ends.");

    /// <summary>Reads the words of an address; what is empty or unknown there means <paramref name="otherwise"/>.</summary>
    public static TimeRange Read(string? name, string? from, string? to, TimeRange? otherwise = null) =>
        Known.Any(known => known.Name == name) ? new TimeRange { Name = name }
        : Time(from) is { } begin && Time(to) is { } end && begin < end ? Between(begin, end)
        : otherwise ?? Default;

    /// <param name="now">The log's clock.</param>
    public (DateTimeOffset From, DateTimeOffset To) At(DateTimeOffset now) => Name is null
        ? (From!.Value, To!.Value)
        : Name == All ? (DateTimeOffset.UnixEpoch, now)
        : (now - Known.First(known => known.Name == Name).Length, now);

    /// <summary>Parameters of the page's address; those of <paramref name="otherwise"/> need not be said.</summary>
    public (string Name, string? Value)[] ToParameters(TimeRange? otherwise = null) =>
    [
        (Parameter, this == (otherwise ?? Default) ? null : Name),
        (FromParameter, Text(From)),
        (ToParameter, Text(To)),
    ];

    /// <summary>The same as the API asks for it: <c>from</c> and <c>to</c>.</summary>
    public (string Name, string? Value)[] ToQuestion() => Name is null
        ? [(FromParameter, Text(From)), (ToParameter, Text(To))]
        : [(FromParameter, Name == All ? "1970-01-01" : $"-{Name}")];

    private static string? Text(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture);

    private static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : null;
}
