namespace Nexus.Fanout.Cli;

/// <summary>What <c>--help</c> prints.</summary>
internal static class Usage
{
    public const string Text = """
        fanout [load|idle|reconnect] --transport T --port N [options]

          load        deliveries a second and their latency (the default)
          idle        the server's memory (RSS) for each connection on which nothing happens; needs --server-pid
          reconnect   all clients are cut off and come back at once with their cursors; Nexus only

        fanout table --line NAME --figures A,B --results FILE

          medians of results (lines of contestant, tab, JSON) and their ratios as Markdown; A, B are fields of the JSON

        Clients
          --transport T        ws | sse | ndjson | signalr | stock-signalr | redis | nats
          --host H             IPv4 address or name, also of the publisher's server (127.0.0.1)
          --port N             port of the server under test
          --path P             path and query; %d is the client's number modulo --projects
                               (ws /ws/monitoring, sse and ndjson /api/events, signalr /hubs/monitoring, stock-signalr /hub, nats /)
          --filter F           Nexus's filter as a query, for example project_id=p%d
          --channel C          channel or subject for redis and nats (nexus:events)
          --header 'N: v'      a further HTTP header; may be given several times
          --clients N          (100)
          --slow N             the first N clients never read (0)
          --connect-at-once N  connections that are opened at the same time (64)

        Events
          --publish W          nexus | redis | nats | http (what belongs to the transport)
          --publish-port N     (the same as --port)
          --publish-path P     where http posts (/)
          --size N             bytes of an event's JSON (400)
          --projects N         event i belongs to project p(i mod N) (8)
          --share N            every N-th event reaches a client (--projects with %d in --path or --filter, else 1)
          --batch N            most events in one write (32)

        Load: closed loop unless --rate is given
          --window N           closed loop: most events that the slowest client has not read (256)
          --rate R             open loop: events a second
          --warmup S           seconds before figures count (1)
          --duration S         seconds that count (5)
          --grace S            seconds without a delivery after which what is missing is lost (2)
          --settle S           seconds between the last connection and the first event (0.5)
          --away S             reconnect: seconds without a connection, while events go on (2)

        Result
          --server-pid A,B     processes whose memory and processor time are reported
          --json               one line of JSON

        Exit code: 0, 1 when events were lost, came twice or a client was closed, 2 when the run could not be made.
        """;
}
