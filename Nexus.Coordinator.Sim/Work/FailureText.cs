namespace Nexus.Coordinator.Sim.Work;

/// <summary>Writes the error text of a failure.</summary>
/// <param name="random">Draws the figures in it.</param>
internal delegate string FailureText(ref SeededRandom random);
