namespace Nexus.Coordinator.Sim.Work;

/// <summary>Writes the error text of a failure.</summary>
/// <param name="random">Draws the figures in it.</param>
/// <param name="attempt">Attempts that failed before, 0 for the first.</param>
internal delegate string FailureText(ref SeededRandom random, int attempt);
