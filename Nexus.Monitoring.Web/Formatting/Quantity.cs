namespace Nexus.Monitoring.Web.Formatting;

/// <summary>A number and its unit, kept apart so that a large figure can set the unit in small type.</summary>
public readonly record struct Quantity(string Number, string Unit)
{
    public override string ToString() => Unit.Length == 0 ? Number : Number + Spaces.NoBreak + Unit;
}
