namespace Nexus.Monitoring.Contracts.Views;

/// <summary>All documents of one kind.</summary>
/// <param name="Items">In their order.</param>
/// <typeparam name="T">The kind.</typeparam>
public sealed record DocumentList<T>(IReadOnlyList<T> Items)
    where T : SharedDocument;
