namespace Nexus.Monitoring.Contracts.State;

/// <summary>
/// Projects, from which the one silent longest is forgotten. Those heard of last have a series; one that comes in takes over the series of
/// the one silent longest, with its memory.
/// </summary>
internal sealed class ProjectTable
{
    private readonly StateTable<string, ProjectState> _projects;
    private readonly int _seriesCapacity;
    private int _series;

    /// <summary>Of the projects with a series the one silent longest. All that were heard of later have one too.</summary>
    private ProjectState? _oldestSeries;

    public ProjectTable(int capacity, int seriesCapacity)
    {
        _projects = new(project => project.ProjectId!, capacity, forgotten: Forget);
        _seriesCapacity = seriesCapacity;
    }

    public IEnumerable<ProjectState> NewestFirst => _projects.EndedNewestFirst;

    public ProjectState? Find(string projectId) => _projects.TryGet(projectId, out var project) ? project : null;

    public ProjectState? Touch(string? projectId, DateTimeOffset at)
    {
        if (projectId is null)
        {
            return null;
        }

        if (!_projects.TryGet(projectId, out var project))
        {
            project = new ProjectState { ProjectId = projectId };
            _projects.Add(project, ended: true);
        }

        project.UpdatedAt = at;
        GiveSeries(project);
        _projects.End(project);
        return project;
    }

    /// <summary>Takes over a project of a snapshot, the one silent longest first.</summary>
    public void Restore(ProjectState project)
    {
        _projects.Add(project, ended: true);
        if (project.Series.Buckets.Count > 0)
        {
            _oldestSeries ??= project;
            _series++;
        }
    }

    private void GiveSeries(ProjectState project)
    {
        if (project == _oldestSeries)
        {
            _oldestSeries = (ProjectState?)project.Newer ?? project;
        }
        else if (project.Series.Buckets.Count == 0)
        {
            if (_series < _seriesCapacity)
            {
                _series++;
            }
            else if (_oldestSeries is { } silent)
            {
                project.Series.TakeOver(silent.Series);
                _oldestSeries = (ProjectState?)silent.Newer;
            }

            _oldestSeries ??= project;
        }
    }

    private void Forget(ProjectState project)
    {
        if (project == _oldestSeries)
        {
            _oldestSeries = (ProjectState?)project.Newer;
            _series--;
        }
    }
}
