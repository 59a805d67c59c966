#!/usr/bin/env bash
# How much of the library the default tests run, as they do in a fresh clone of what is committed: beside a checkout may lie files that more
# tests read. Writes the number into the README; with --check it holds the README's number to the one measured, to 0.1 of a percent, and
# both to the bar.
# usage: tests/coverage.sh [--check]
set -euo pipefail
cd "$(dirname "$0")/.."
least_lines=95 least_branches=90

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
git clone -q . "$results/clone"
dotnet test "$results/clone/tests/MetaSpine.Tests" --collect "XPlat Code Coverage" --settings tests/coverage.runsettings --results-directory "$results/found"
report=$(find "$results/found" -name coverage.cobertura.xml)
read -r lines branches < <(sed -n 's/.*<coverage line-rate="\([^"]*\)" branch-rate="\([^"]*\)".*/\1 \2/p' "$report" | awk '{ printf "%.1f %.1f\n", 100 * $1, 100 * $2 }')

# The classes with most lines that no test runs, for whoever wants to write the next one.
awk '/<class / { match($0, /filename="[^"]*"/); file = substr($0, RSTART + 10, RLENGTH - 11) }
     /<line / && /hits="0"/ { none[file]++ }
     END { for (file in none) print none[file], file }' "$report" | sort -rn | awk 'NR <= 20'

sentence='[0-9.]*% of the library.s lines and [0-9.]*% of its branches'
if [[ ${1:-} == --check ]]; then
  grep -o "$sentence" README.md | tr -dc '0-9. \n' | awk -v lines="$lines" -v branches="$branches" '
    { off = ($1 - lines) ^ 2 > 0.0101 || ($NF - branches) ^ 2 > 0.0101 } END { exit NR != 1 || off }' \
    || { echo "the README does not say $lines% of lines and $branches% of branches: run tests/coverage.sh" >&2; exit 1; }
else
  sed -i "s/$sentence/$lines% of the library's lines and $branches% of its branches/" README.md
fi

echo "lines $lines%, branches $branches%"
awk -v lines="$lines" -v branches="$branches" -v l=$least_lines -v b=$least_branches 'BEGIN { exit lines < l || branches < b }' \
  || { echo "at least $least_lines% of lines and $least_branches% of branches are asked for" >&2; exit 1; }
