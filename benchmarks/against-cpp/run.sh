#!/usr/bin/env bash
# The kernels and plain loops in C++, one after the other on the same problems, with ratios: benchmarks/against-cpp/run.sh (needs g++).
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
g++ -O3 -march=native -std=c++20 loops.cpp -o "$work/loops"
dotnet build -c Release -v q --nologo ../MetaSpine.Benchmarks > /dev/null
"$work/loops" > "$work/theirs"
dotnet run -c Release --no-build --project ../MetaSpine.Benchmarks -- kernels > "$work/ours"
printf '%-16s %14s %14s %8s %12s\n' kernel 'C++ loop, ns' 'MetaSpine, ns' ratio difference
paste "$work/theirs" "$work/ours" | awk -F'\t' '{
    apart = $3 == "-" ? "" : sprintf("%.1e", ($6 - $3) / $3)
    printf "%-16s %14.4g %14.4g %8.2f %12s\n", $1, $2, $5, $5 / $2, apart }'
