using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Nexus.Coordinator.Sim.Queues;

/// <summary>Jobs, results and runs as they lie in Redis.</summary>
internal static class JobJson
{
    private static readonly JobJsonContext Context = new(new JsonSerializerOptions(JobJsonContext.Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    public static string Write(Job job) => JsonSerializer.Serialize(job, Context.Job);

    public static string Write(JobResult result) => JsonSerializer.Serialize(result, Context.JobResult);

    public static string Write(RunRecord run) => JsonSerializer.Serialize(run, Context.RunRecord);

    /// <summary>Null when someone put something else into the list.</summary>
    public static Job? ReadJob(string json) => Read(json, Context.Job);

    /// <inheritdoc cref="ReadJob"/>
    public static JobResult? ReadResult(string json) => Read(json, Context.JobResult);

    /// <inheritdoc cref="ReadJob"/>
    public static RunRecord? ReadRun(string json) => Read(json, Context.RunRecord);

    private static T? Read<T>(string json, JsonTypeInfo<T> type) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(json, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
