using Nexus.Fanout.Cli;

namespace Nexus.Fanout.Results;

/// <summary>What was measured, so that a result explains itself.</summary>
internal sealed record RunDescription
{
    public required string Transport { get; init; }

    public required string Publish { get; init; }

    /// <summary><c>closed</c> with a window, <c>open</c> with a rate.</summary>
    public required string Loop { get; init; }

    public required int Clients { get; init; }

    public required int Slow { get; init; }

    public required int Step { get; init; }

    public required int Size { get; init; }

    public required int Window { get; init; }

    public required double Rate { get; init; }

    public static RunDescription Of(FanoutOptions options) => new()
    {
        Transport = OptionsParser.NameOf(options.Transport),
        Publish = OptionsParser.NameOf(options.Publish),
        Loop = options.Rate > 0 ? "open" : "closed",
        Clients = options.Clients,
        Slow = options.Slow,
        Step = options.Step,
        Size = options.Size,
        Window = options.Window,
        Rate = options.Rate,
    };

    public override string ToString() => FormattableString.Invariant(
        $"{Transport} from {Publish}, {Clients} clients{(Slow > 0 ? $" ({Slow} never read)" : "")}{(Step > 1 ? $", each 1 of {Step} events" : "")}, {Size} B, {(Loop == "open" ? $"{Rate:0.#} events/s" : $"window {Window}")}");
}
