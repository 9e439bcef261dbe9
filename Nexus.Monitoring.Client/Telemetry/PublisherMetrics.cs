using System.Diagnostics;
using System.Diagnostics.Metrics;
using Nexus.Monitoring.Contracts.Log;

namespace Nexus.Monitoring.Client.Telemetry;

/// <summary>The publisher's instruments. Tags are few and fixed: system, destination, operation, reason, error; never an id.</summary>
internal sealed class PublisherMetrics : IDisposable
{
    private readonly Meter _meter;
    private readonly Counter<long> _sent;
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _dropped;

    public PublisherMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(ClientTelemetry.Name);
        _sent = _meter.CreateCounter<long>(ClientTelemetry.SentMessages, "{message}", "Events that were sent, or that a failed attempt tried to send.");
        _duration = _meter.CreateHistogram(ClientTelemetry.OperationDuration, "s", "How long sending one batch took.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] });
        _dropped = _meter.CreateCounter<long>(ClientTelemetry.Dropped, "{event}", "Events that will never be sent, by reason.");
    }

    /// <summary>Shows how many events wait. Called once, by the owner of the buffer.</summary>
    public void ObservePending(Func<long> pending) =>
        _meter.CreateObservableUpDownCounter(ClientTelemetry.Pending, pending, "{event}", "Events that wait to be sent.");

    public void Dropped(string reason) => _dropped.Add(1, new KeyValuePair<string, object?>(ClientTelemetry.Reason, reason));

    public void Sent(string system, int count, TimeSpan duration, Exception? failure)
    {
        var tags = new TagList
        {
            { ClientTelemetry.System, system },
            { ClientTelemetry.Destination, LogKeys.Log },
            { ClientTelemetry.OperationName, "append" },
            { ClientTelemetry.OperationType, "send" },
        };
        if (failure is not null)
        {
            tags.Add(ClientTelemetry.ErrorType, failure.GetBaseException().GetType().FullName);
        }

        _sent.Add(count, tags);
        _duration.Record(duration.TotalSeconds, tags);
    }

    public void Dispose() => _meter.Dispose();
}
