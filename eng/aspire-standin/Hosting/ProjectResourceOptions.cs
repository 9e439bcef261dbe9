namespace Aspire.Hosting;

public class ProjectResourceOptions
{
    /// <summary>The stand-in never reads launch profiles of services, so this has no effect here.</summary>
    public bool ExcludeLaunchProfile { get; set; }
}
