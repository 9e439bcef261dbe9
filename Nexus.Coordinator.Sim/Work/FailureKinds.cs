using System.Globalization;

namespace Nexus.Coordinator.Sim.Work;

/// <summary>What goes wrong when agents call models, search engines and parsers.</summary>
internal static class FailureKinds
{
    public const string TimeoutName = "timeout";

    private static readonly string[] Hosts = ["registry.example", "filings.example", "tenders.example", "news.example"];
    private static readonly string[] Fields = ["role", "country", "share_percent", "valid_from", "source_url"];

    public static FailureKind RateLimited(double weight) => new()
    {
        Name = "rate_limited",
        Weight = weight,
        LatencyFactor = 0.1,
        RetryAfter = static attempt => TimeSpan.FromSeconds(2 << Math.Min(attempt, 4)),
        Text = static (ref _) => "HTTP 429 from provider",
    };

    public static FailureKind ProviderDown(double weight) => new()
    {
        Name = "provider_unavailable",
        Weight = weight,
        LatencyFactor = 0.3,
        Text = static (ref random) => Invariant($"HTTP 503 from provider: no capacity in region {random.Pick(["eu-west", "eu-north", "us-east"])}"),
    };

    public static FailureKind Timeout(double weight) => new()
    {
        Name = TimeoutName,
        Weight = weight,
        LatencyFactor = 2.5,
        Text = static (ref random) => Invariant($"No answer from {random.Pick(Hosts)} within {random.Pick([20, 30, 60])} s"),
    };

    public static FailureKind NotFound(double weight) => new()
    {
        Name = "not_found",
        Weight = weight,
        LatencyFactor = 0.3,
        IsTransient = false,
        Text = static (ref random) => Invariant($"HTTP 404 from {random.Pick(Hosts)}: the document was withdrawn"),
    };

    public static FailureKind ContextTooLong(double weight) => new()
    {
        Name = "context_too_long",
        Weight = weight,
        LatencyFactor = 0.2,
        IsTransient = false,
        Text = static (ref random) => Invariant($"Context too long: {random.Next(128_400, 197_000)} tokens, limit 128000"),
    };

    public static FailureKind SchemaMismatch(double weight) => new()
    {
        Name = "schema_mismatch",
        Weight = weight,
        LatencyFactor = 1.1,
        Text = static (ref random) => Invariant($"Schema mismatch: $.entities[{random.Next(0, 9)}].{random.Pick(Fields)} is required"),
    };

    public static FailureKind BadOutput(double weight) => new()
    {
        Name = "bad_output",
        Weight = weight,
        LatencyFactor = 1.2,
        Text = static (ref random) => Invariant($"The model's answer is not JSON: unexpected end of text at byte {random.Next(900, 16_000)}"),
    };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
