using System.Text.Json.Serialization.Metadata;
using Nexus.Monitoring.Contracts.Json;
using Nexus.Monitoring.Contracts.Log;
using Nexus.Monitoring.Contracts.Views;

namespace Nexus.Monitoring.Api.Views;

/// <summary>A kind of document: where its documents are kept, how many there may be, and how they are written.</summary>
/// <param name="Key">The hash in the log's Redis.</param>
/// <param name="Limit">How many there may be.</param>
/// <param name="One">"view": for sentences.</param>
internal sealed record DocumentKind<T>(string Key, int Limit, string One, JsonTypeInfo<T> Json, JsonTypeInfo<DocumentList<T>> ListJson)
    where T : SharedDocument;

internal static class DocumentKinds
{
    public static DocumentKind<SavedView> View { get; } =
        new(LogKeys.Views, Limit: 200, "view", MonitoringJson.Context.SavedView, MonitoringJson.Context.DocumentListSavedView);

    public static DocumentKind<SavedBoard> Board { get; } =
        new(LogKeys.Boards, Limit: 100, "board", MonitoringJson.Context.SavedBoard, MonitoringJson.Context.DocumentListSavedBoard);
}
