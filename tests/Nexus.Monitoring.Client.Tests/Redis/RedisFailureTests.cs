using System.IO.Pipelines;
using Nexus.Monitoring.Client.Redis;
using StackExchange.Redis;

namespace Nexus.Monitoring.Client.Tests.Redis;

public sealed class RedisFailureTests
{
    public static TheoryData<Exception> Away =>
    [
        new RedisConnectionException(ConnectionFailureType.SocketFailure, CommandFlags.None, "cut"),
        new RedisServerException(RedisErrorKind.Loading, CommandFlags.None, "LOADING"),
        new TimeoutException(),
        new IOException("cut"),
        new ObjectDisposedException("multiplexer"),
        new OperationCanceledException("the connection was aborted"),
    ];

    [Theory]
    [MemberData(nameof(Away), DisableDiscoveryEnumeration = true)]
    public void IsAway_WhatTheClientThrowsOnALostConnection_Is(Exception exception) => Assert.True(RedisFailure.IsAway(exception));

    [Fact]
    public void IsAway_CancelledByTheCaller_IsNot()
    {
        var token = new CancellationToken(canceled: true);

        Assert.False(RedisFailure.IsAway(new OperationCanceledException(token), token));
        Assert.True(RedisFailure.IsAway(new TimeoutException(), token));
    }

    [Fact]
    public void IsAway_PipeThatWasCompletedWhileACommandIsWritten_Is()
    {
        var pipe = new Pipe();
        pipe.Writer.Complete();

        Assert.True(RedisFailure.IsAway(Assert.Throws<InvalidOperationException>(() => pipe.Writer.GetMemory(1))));
        Assert.False(RedisFailure.IsAway(Assert.Throws<InvalidOperationException>(() => new Queue<int>().Dequeue())));
    }

    [Fact]
    public void IsAway_OwnMistake_IsNot() => Assert.False(RedisFailure.IsAway(new ArgumentException("wrong")));
}
