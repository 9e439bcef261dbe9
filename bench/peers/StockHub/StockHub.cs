using Microsoft.AspNetCore.SignalR;

namespace Nexus.StockHub;

/// <summary>A hub as the documentation writes it; clients only listen.</summary>
internal sealed class StockHub : Hub;
