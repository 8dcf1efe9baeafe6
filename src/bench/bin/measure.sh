# Sourced by the scripts beside it: medians of interleaved runs. Needs bash, awk and GNU time.

# need TOOL WHERE-FROM: ends the script when a tool is missing.
need() {
  command -v "$1" >/dev/null && return
  echo "$(basename "$0"): $1 is missing: $2" >&2
  exit 1
}

# measure RESULTS COMMAND...: runs it and appends "seconds KiB", wall time and peak resident size.
measure() {
  local results=$1
  shift
  if ! /usr/bin/time -f '%e %M' -o "$results.last" "$@" >/dev/null 2>"$results.errors"; then
    echo "$(basename "$0"): failed: $*" >&2
    cat "$results.errors" >&2
    exit 1
  fi
  cat "$results.last" >>"$results"
}

# median RESULTS: the median of the seconds.
median() {
  sort -n "$1" | awk '{ s[NR] = $1 }
    END { h = int((NR + 1) / 2); print NR % 2 ? s[h] : (s[h] + s[h + 1]) / 2 }'
}

# peak RESULTS: the largest resident size in KiB.
peak() {
  awk '$2 > p { p = $2 } END { print p }' "$1"
}

# row NAME RESULTS: a line of the table whose heading is below.
row() {
  sort -n "$2" | awk -v name="$1" -v median="$(median "$2")" -v peak="$(peak "$2")" '
    NR == 1 { min = $1 } { max = $1 }
    END { printf "%-10s %9.2f %9.2f %9.2f %12.1f\n", name, min, median, max, peak / 1024 }'
}

heading() {
  printf '%-10s %9s %9s %9s %12s\n' "$1" 'min s' 'median s' 'max s' 'peak MiB'
}
