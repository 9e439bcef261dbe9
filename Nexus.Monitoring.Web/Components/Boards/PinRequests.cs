namespace Nexus.Monitoring.Web.Components.Boards;

/// <summary>From the panel whose pin was pressed to the dialog that asks for the board; one for each circuit.</summary>
internal sealed class PinRequests
{
    public event Action<PanelQuestion>? Asked;

    public void Ask(PanelQuestion question) => Asked?.Invoke(question);
}
