namespace Nexus.Monitoring.Contracts.Query;

/// <summary>The field passes one of several tests: <c>event_type:(task_failed OR task_re*)</c>.</summary>
/// <param name="Tests">Two or more; each an <see cref="EqualTest"/> or a <see cref="PatternTest"/>.</param>
public sealed record AnyOfTest(IReadOnlyList<FieldTest> Tests) : FieldTest
{
    /// <inheritdoc/>
    public bool Equals(AnyOfTest? other) => other is not null && Tests.SequenceEqual(other.Tests);

    /// <inheritdoc/>
    public override int GetHashCode() => Tests.Aggregate(3, HashCode.Combine);
}
