# Sourced by the live benchmarks: two namespaces, broker and client, with a cable between them.
here=$(cd "$(dirname "$0")" && pwd)
root=$here/../../..
broker=rstbench-b-$$ client=rstbench-c-$$
work=$(mktemp -d)

clean() {
  for pid in $(jobs -p); do kill "$pid" 2>/dev/null || true; done
  ip netns del "$broker" 2>/dev/null || true
  ip netns del "$client" 2>/dev/null || true
  rm -rf "$work"
}
trap clean EXIT

gcc -O2 -o "$work/traffic" "$here/../live/traffic.c"
ip netns add "$broker"
ip netns add "$client"
ip link add eth0 netns "$broker" type veth peer name eth0 netns "$client"
ip -n "$broker" link set eth0 up
ip -n "$client" link set eth0 up

at_broker() { exec ip netns exec "$broker" "$@"; }
traffic() { ip netns exec "$client" "$work/traffic" eth0 "$@"; }

# cpu PID: seconds of a core that it has used.
cpu() { sed 's/.*) //' "/proc/$1/stat" | awk -v hz="$(getconf CLK_TCK)" '{ print ($12 + $13) / hz }'; }
# rss PID: MiB.
rss() { awk '/^VmRSS/ { print int($2 / 1024) }' "/proc/$1/status"; }
