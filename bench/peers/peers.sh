# Servers to measure, each on 127.0.0.1 and a port of its own; sourced by bench/run. A server is started by name, remembered by its
# process id, and ended by that id alone.
#
#   redis           raw pub/sub                          redis-server
#   nats            NATS over its WebSocket              nats-server
#   nchan           nginx with nchan                     nginx, libnginx-mod-nchan
#   stock-signalr   bench/peers/StockHub
#   nexus           Nexus.Monitoring.Api with a redis-server of its own for the log

peers_dir=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root_dir=$(cd "$peers_dir/../.." && pwd)
data_dir=$(mktemp -d "${TMPDIR:-/tmp}/nexus-bench.XXXXXX")
chmod 755 "$data_dir"
next_port=${BENCH_FIRST_PORT:-19700}
declare -A pid_of port_of publish_port_of

fail() {
  echo "$*" >&2
  exit 2
}

answers() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# Sets $port to one that nobody listens on.
take_port() {
  while answers "$next_port"; do next_port=$((next_port + 1)); done
  port=$next_port
  next_port=$((next_port + 1))
}

need() { command -v "$1" >/dev/null || fail "$1 is not installed; install it with: apt-get install -y --no-install-recommends $2"; }

# launch NAME PORT COMMAND...: runs it in the background and waits until it listens.
launch() {
  local name=$1 listening=$2 log=$data_dir/$1.log deadline=$((SECONDS + 30))
  shift 2
  "$@" >"$log" 2>&1 &
  pid_of[$name]=$!
  until answers "$listening"; do
    kill -0 "${pid_of[$name]}" 2>/dev/null || fail "$name ended while it started: $(tail -n 5 "$log")"
    [ $SECONDS -lt $deadline ] || fail "$name does not listen on port $listening after 30 s: $(tail -n 5 "$log")"
    sleep 0.1
  done
}

launch_redis() {
  need redis-server redis-server
  take_port
  port_of[$1]=$port publish_port_of[$1]=$port
  mkdir -p "$data_dir/$1"
  launch "$1" "$port" redis-server --port "$port" --bind 127.0.0.1 --dir "$data_dir/$1" --save "" --appendonly no --daemonize no
}

# Fills a configuration's placeholders in: configure FILE NAME=VALUE...
configure() {
  local text pair
  text=$(<"$peers_dir/$1")
  for pair in "${@:2}"; do text=${text//"@${pair%%=*}@"/${pair#*=}}; done
  printf '%s\n' "$text" >"$data_dir/$1"
}

built() {
  local dll=$root_dir/$1
  [ -f "$dll" ] || fail "$1 is missing; build it with: dotnet build -c Release $(dirname "${1%%/bin/*}/x")"
  echo "$dll"
}

start_redis() { launch_redis redis; }

start_nats() {
  need nats-server nats-server
  take_port
  publish_port_of[nats]=$port
  take_port
  port_of[nats]=$port
  configure nats.conf "PORT=${publish_port_of[nats]}" "WS_PORT=$port"
  launch nats "$port" nats-server -c "$data_dir/nats.conf"
}

start_nchan() {
  need nginx libnginx-mod-nchan
  local modules=/usr/lib/nginx/modules
  [ -f $modules/ngx_nchan_module.so ] || fail "nginx has no nchan; install it with: apt-get install -y --no-install-recommends libnginx-mod-nchan"
  take_port
  port_of[nchan]=$port publish_port_of[nchan]=$port
  configure nchan.conf "PORT=$port" "DATA=$data_dir" "MODULES=$modules"
  launch nchan "$port" nginx -p "$data_dir" -c "$data_dir/nchan.conf"
}

start_stock-signalr() {
  local dll
  dll=$(built bench/peers/StockHub/bin/Release/net10.0/stock-hub.dll) || exit 2
  take_port
  port_of[stock-signalr]=$port publish_port_of[stock-signalr]=$port
  launch stock-signalr "$port" env DOTNET_ENVIRONMENT=Production dotnet "$dll" --urls "http://127.0.0.1:$port"
}

start_nexus() {
  local dll
  dll=$(built Nexus.Monitoring.Api/bin/Release/net10.0/Nexus.Monitoring.Api.dll) || exit 2
  launch_redis nexus-log
  take_port
  port_of[nexus]=$port publish_port_of[nexus]=${port_of[nexus-log]}
  launch nexus "$port" env DOTNET_ENVIRONMENT=Production "REDIS_URL=redis://127.0.0.1:${port_of[nexus-log]}" \
    dotnet "$dll" --urls "http://127.0.0.1:$port"
}

stop() {
  local name
  for name in "$1" "$1-log"; do
    if [ -n "${pid_of[$name]:-}" ]; then
      kill "${pid_of[$name]}" 2>/dev/null
      wait "${pid_of[$name]}" 2>/dev/null
      unset "pid_of[$name]"
    fi
  done
}

stop_all() {
  local name
  for name in "${!pid_of[@]}"; do stop "${name%-log}"; done
  rm -rf "$data_dir"
}

# The processes whose memory and time are a server's, joined by commas; nginx works in its child.
pids_of() {
  case $1 in
    nchan) cat "/proc/${pid_of[nchan]}/task/${pid_of[nchan]}/children" | tr -s ' ' '\n' | paste -sd, ;;
    nexus) [ "${2:-}" = memory ] && echo "${pid_of[nexus]}" || echo "${pid_of[nexus]},${pid_of[nexus-log]}" ;;
    *) echo "${pid_of[$1]}" ;;
  esac
}
