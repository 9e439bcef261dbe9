namespace Nexus.Redis.Commands;

internal enum XAddIdKind
{
    /// <summary><c>*</c></summary>
    Now,

    /// <summary><c>ms-*</c></summary>
    NextInMillisecond,

    /// <summary><c>ms-seq</c> or <c>ms</c></summary>
    Explicit,
}
