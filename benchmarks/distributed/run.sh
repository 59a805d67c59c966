#!/usr/bin/env bash
# Answers the same requests in one process, by GNU parallel and, where sbatch is there, by a Slurm array, and shows that the answers are the same to the last byte.
# benchmarks/distributed/run.sh [requests, 20000] [shards, 8]; the tool is `metaspine`, or what METASPINE says.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
requests=${1:-20000} shards=${2:-8}
export METASPINE=${METASPINE:-metaspine}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
awk -v n="$requests" -f "$here/requests.awk" > requests.ndjson

timed() { local start=$EPOCHREALTIME; "${@:2}"; awk -v a="$start" -v b="$EPOCHREALTIME" -v name="$1" 'BEGIN { printf "%-24s %7.2f s\n", name, b - a }'; }
same() { cmp "$1" answers.ndjson && echo "  the same $(wc -l < "$1") answers"; }

one() { $METASPINE batch < requests.ndjson > answers.ndjson; }
timed "one process" one

# Blocks of whole lines go to as many processes as there are processors; --keep-order puts the answers in the order of the blocks.
shared() { parallel --pipe-part --block -"$shards" --keep-order -a requests.ndjson "$METASPINE batch" > by-parallel.ndjson; }
timed "GNU parallel" shared
same by-parallel.ndjson

if command -v sbatch > /dev/null && sinfo > /dev/null 2>&1; then
  array() {
    awk -v n="$requests" -v shards="$shards" '{ print > ("shard." int((NR - 1) * shards / n)) }' requests.ndjson
    sbatch --wait --quiet --array="0-$((shards - 1))" "$here/shard.slurm" "$work"
    for ((i = 0; i < shards; i++)); do cat "answers.$i"; done > by-slurm.ndjson
  }
  timed "Slurm array" array
  same by-slurm.ndjson
else
  echo "no Slurm here"
fi
