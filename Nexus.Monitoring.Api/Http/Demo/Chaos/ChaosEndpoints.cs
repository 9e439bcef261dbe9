using Microsoft.AspNetCore.Http.HttpResults;
using Nexus.Monitoring.Api.Problems;
using Nexus.Monitoring.Api.Queries;

namespace Nexus.Monitoring.Api.Http.Demo.Chaos;

/// <summary>Things go wrong on demand, in development only, so that anybody can see what the board makes of it.</summary>
internal static class ChaosEndpoints
{
    private const string Path = "/demo/chaos";

    public static void AddChaos(this IHostApplicationBuilder builder)
    {
        if (!builder.Environment.IsDevelopment())
        {
            return;
        }

        var address = builder.Configuration["Monitoring:Demo:SimulatorUrl"] is { Length: > 0 } given ? given : "http://coordinator-sim";
#pragma warning disable EXTEXP0001 // Marked experimental, and the only way to take back what the defaults add
        // What breaks something is not to be sent twice.
        builder.Services.AddHttpClient(SimulatorChaos.ClientName, http =>
        {
            http.BaseAddress = new Uri(address);
            http.Timeout = TimeSpan.FromSeconds(10);
        }).RemoveAllResilienceHandlers();
#pragma warning restore EXTEXP0001
        builder.Services.AddSingleton<SimulatorChaos>();
        builder.Services.AddSingleton<ChaosEffects>();
        builder.Services.AddSingleton<ChaosMaker>();
    }

    public static void MapChaos(this IEndpointRouteBuilder endpoints)
    {
        if (!endpoints.ServiceProvider.GetRequiredService<IHostEnvironment>().IsDevelopment())
        {
            endpoints.Map($"{Path}/{{**rest}}", Refuse).ExcludeFromDescription();
            return;
        }

        var chaos = endpoints.MapGroup(Path).WithTags("Chaos");
        chaos.MapGet("/", (ChaosEffects effects) => TypedResults.Json(effects.List(), ApiJson.Context.ChaosList))
            .WithName("ListChaos")
            .WithSummary("What can be broken, what is broken now, and what was.")
            .Produces<ChaosList>();
        chaos.MapPost("/{what}", BreakAsync)
            .WithName("MakeChaos")
            .WithSummary("Breaks something, as GET /demo/chaos describes it; it ends by itself.")
            .WithQuery(ChaosCatalog.All.SelectMany(action => action.Parameters).DistinctBy(parameter => parameter.Name).Select(Describe))
            .Produces<ChaosEffect>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        chaos.MapDelete("/", (ChaosMaker maker, ChaosEffects effects, HttpContext http) => MendAsync(maker, effects, null, http))
            .WithName("MendAll")
            .WithSummary("Ends everything that is broken.")
            .Produces<ChaosList>();
        chaos.MapDelete("/{id:int}", (int id, ChaosMaker maker, ChaosEffects effects, HttpContext http) => MendAsync(maker, effects, id, http))
            .WithName("Mend")
            .WithSummary("Ends one effect.")
            .Produces<ChaosList>()
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> BreakAsync(string what, ChaosMaker maker, HttpContext http)
    {
        if (ChaosCatalog.Find(what) is not { } action)
        {
            return Problem.NotFound($"There is no chaos '{what}'; one of {string.Join(", ", ChaosCatalog.All.Select(one => one.What))} is allowed.");
        }

        if (!ChaosQuery.TryRead(http.Request.Query, action, out var parameters, out var error))
        {
            return Problem.BadParameter(error!);
        }

        var (effect, status, problem) = await maker.BreakAsync(action, parameters, http.RequestAborted);
        return effect is null
            ? Problem.Of(status, "Nothing was broken.", problem!)
            : TypedResults.Json(effect, ApiJson.Context.ChaosEffect, statusCode: status);
    }

    private static async Task<IResult> MendAsync(ChaosMaker maker, ChaosEffects effects, int? id, HttpContext http)
    {
        var running = effects.List().Running.Where(effect => id is null || effect.Id == id).ToList();
        if (id is not null && running.Count == 0)
        {
            return Problem.NotFound($"No effect {id} lasts.");
        }

        var (status, problem) = await maker.MendAsync(running, http.RequestAborted);
        return problem is null
            ? TypedResults.Json(effects.List(), ApiJson.Context.ChaosList)
            : Problem.Of(status, "Not everything could be ended.", problem);
    }

    private static QueryParameter Describe(ChaosParameter parameter) =>
        new(parameter.Name, parameter.Description, parameter.Words is null ? QueryParameterType.Integer : QueryParameterType.Text);

    private static ProblemHttpResult Refuse() => Problem.NotFound(
        "Things are broken on purpose in development only: start this service with ASPNETCORE_ENVIRONMENT=Development.");
}
