namespace Aspire.Hosting;

/// <summary>What stands between a person and a running stack is told in one sentence, not in a stack trace.</summary>
internal static class Failure
{
    public static void ReportInOneSentence()
    {
        AppDomain.CurrentDomain.UnhandledException += (_, unhandled) =>
        {
            if (unhandled.ExceptionObject is DistributedApplicationException problem)
            {
                Console.Error.WriteLine(problem.Message);
                Environment.Exit(1);
            }
        };
    }
}
