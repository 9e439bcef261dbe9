using System.Net.WebSockets;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace Nexus.ServiceDefaults;

/// <summary>
/// Visits the service itself once after the start, as soon as there is something to see, so that the first visitor does not wait for what is compiled and
/// read only once. Whether it succeeds is of no consequence.
/// </summary>
/// <param name="server">Tells the addresses at which it listens.</param>
/// <param name="lifetime">Tells when it does.</param>
/// <param name="isReady">Whether there is something to see.</param>
/// <param name="visit">What the first visitor would do, at the service's own address.</param>
public sealed class WarmUp(IServer server, IHostApplicationLifetime lifetime, Func<bool> isReady, Func<Uri, CancellationToken, Task> visit) : BackgroundService
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    /// <summary>After this the visitor is there first.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        end.CancelAfter(Patience);
        try
        {
            while (!lifetime.ApplicationStarted.IsCancellationRequested || !isReady())
            {
                await Task.Delay(Step, end.Token);
            }

            if (Address() is { } address)
            {
                await visit(address, end.Token);
            }
        }
        catch (Exception problem) when (problem is HttpRequestException or WebSocketException or OperationCanceledException)
        {
            // Then the first visitor waits a little longer.
        }
    }

    /// <summary>Over plain HTTP only: a certificate may be made out to another name.</summary>
    private Uri? Address()
    {
        var listening = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault(address => address.StartsWith("http://", StringComparison.Ordinal));
        return listening is not null && BindingAddress.Parse(listening) is { IsUnixPipe: false, IsNamedPipe: false } binding
            ? new Uri($"http://localhost:{binding.Port}")
            : null;
    }
}
