using Nexus.Monitoring.Web.Formatting;

namespace Nexus.Monitoring.Web.Tests.Formatting;

public sealed class IdsTests
{
    [Theory]
    [InlineData("7f3a2c9e", "7f3a2c9e")]
    [InlineData("demo-44b915d2", "demo-44b915d2")]
    [InlineData("demo-44b915d2-resolution", "demo-44b915d2…")]
    [InlineData("9b2e6c1d-4f5a-4b6c-8d7e-0a1b2c3d4e5f", "9b2e6c1d")]
    [InlineData("01a20849-cd38-7600-97eb-972fbb50d7da", "bb50d7da")]
    public void Brief_Id_KeepsWhatTellsItApart(string id, string expected) => Assert.Equal(expected, Ids.Brief(id));

    [Fact]
    public void Trace_Id_KeepsBothEnds() => Assert.Equal("4bf92f35…e0e4736", Ids.Trace("4bf92f3577b34da6a3ce929d0e0e4736"));

    [Theory]
    [InlineData("coordinator-sim/39dc1c39-1f63-4b5a-9c80-2f8b7c1d0e11", "39dc1c39")]
    [InlineData("agents-eu/1", "1")]
    [InlineData("alone", "alone")]
    [InlineData(null, "")]
    public void Instance_OfAProcess_IsWhatTellsItFromItsLike(string? source, string instance) => Assert.Equal(instance, Ids.Instance(source));
}
