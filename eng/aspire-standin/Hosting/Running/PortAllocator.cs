using System.Net;
using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Running;

/// <summary>
/// Gives each endpoint its port, and holds the port until its resource starts, so that two stacks never choose the same.
/// </summary>
internal sealed class PortAllocator(IConfiguration configuration) : IDisposable
{
    private readonly bool _randomize = configuration.GetValue("DcpPublisher:RandomizePorts", false);

    /// <summary>At most one list per resource of the model.</summary>
    private readonly Dictionary<string, List<TcpListener>> _held = [];

    public void Allocate(IResourceWithEndpoints resource, bool mayMove = false)
    {
        foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>().Where(endpoint => endpoint.AllocatedEndpoint is null))
        {
            var wanted = _randomize && endpoint.IsProxied ? null : endpoint.Port ?? endpoint.TargetPort;
            var port = wanted is { } stated && (!mayMove || IsFree(stated)) ? Hold(resource, endpoint, stated) : Hold(resource, endpoint, 0);
            endpoint.AllocatedEndpoint = new(endpoint, endpoint.TargetHost, port);
        }
    }

    /// <summary>Lets go of the ports; the resource binds them next.</summary>
    public void Release(IResource resource)
    {
        lock (_held)
        {
            if (_held.Remove(resource.Name, out var listeners))
            {
                listeners.ForEach(listener => listener.Dispose());
            }
        }
    }

    public void Dispose()
    {
        lock (_held)
        {
            foreach (var listener in _held.Values.SelectMany(listeners => listeners))
            {
                listener.Dispose();
            }

            _held.Clear();
        }
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        return TryListen(listener) is null;
    }

    private static SocketException? TryListen(TcpListener listener)
    {
        try
        {
            listener.Start();
            return null;
        }
        catch (SocketException problem)
        {
            return problem;
        }
    }

    private int Hold(IResource resource, EndpointAnnotation endpoint, int port)
    {
        var listener = new TcpListener(IPAddress.Loopback, port);
        if (TryListen(listener) is { } problem)
        {
            listener.Dispose();
            throw new DistributedApplicationException(problem.SocketErrorCode == SocketError.AddressAlreadyInUse
                ? $"Port {port} for '{resource.Name}' is in use: stop the program that uses it, or give the endpoint '{endpoint.Name}' another port."
                : $"Port {port} for '{resource.Name}' cannot be used ({problem.Message}): give the endpoint '{endpoint.Name}' another port.");
        }

        lock (_held)
        {
            if (!_held.TryGetValue(resource.Name, out var listeners))
            {
                _held[resource.Name] = listeners = [];
            }

            listeners.Add(listener);
        }

        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
