#!/usr/bin/env bash
# What a stranger does first: a fresh clone, an empty home, an empty package cache, and what the README says.
# usage: tests/cold-start.sh [readme] [package] [tool] [samples]     (all four unless named; the clone is of what is committed)
set -euo pipefail

repository=$(git -C "$(dirname "$0")" rev-parse --show-toplevel)
parts=" ${*:-readme package tool samples} "
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

unset NUGET_PACKAGES NUGET_HTTP_CACHE_PATH DOTNET_CLI_HOME XDG_CONFIG_HOME XDG_DATA_HOME XDG_CACHE_HOME
export HOME=$work/home TMPDIR=$work/tmp DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_CLI_UI_LANGUAGE=en
# Nothing stays behind that would serve a later build, and what the house's analysers say is another test's question.
export MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false RunAnalyzers=false
mkdir -p "$HOME" "$TMPDIR"
git clone -q "$repository" "$work/clone"
cd "$work/clone"

fail() { echo "cold start: $*" >&2; exit 1; }
does() { [[ $parts == *" $1 "* ]] && echo "== $1" && SECONDS=0; }
done_in() { echo "== done in $SECONDS s"; }

# The fenced block of the README that begins with the given words, as far as the README shows it.
block() {
  awk -v begin="$1" '/^```/ { inside = !inside; wanted = 0; fresh = 1; next }
                     inside && fresh { wanted = index($0, begin) == 1; fresh = 0 }
                     inside && wanted' "$work/clone/README.md"
}

begins_as_readme() { # what was printed, and the words with which the README's block begins
  local shown
  shown=$(block "$2")
  [[ -n $shown && $1 == "$shown"* ]] || fail "this is not what the README shows: $1"
}

if does readme; then
  commands=$(awk '/^## Two commands/ { on = 1; next } /^## / { on = 0 } on && /^dotnet /' README.md)
  [[ $(wc -l <<< "$commands") == 2 ]] || fail "the README has not two commands: $commands"
  begins_as_readme "$(bash -c "$(head -1 <<< "$commands")")" "Patients who could not walk"
  bash -c "$(tail -1 <<< "$commands")"
  done_in
fi

if does package; then
  # Made twice, in two folders, as a published package would be: the files in it are the same to the byte. (The archive around them holds times.)
  git clone -q "$repository" "$work/another/clone"
  for clone in "$work/clone" "$work/another/clone"; do
    dotnet pack "$clone/src/MetaSpine" -o "$clone/feed" -v q -p:ContinuousIntegrationBuild=true
    mkdir "$clone/files"
    for package in "$clone"/feed/*.*nupkg; do unzip -q "$package" -d "$clone/files/${package##*.}"; done
  done
  diff -r "$work/clone/files" "$work/another/clone/files" || fail "the package differs when it is made again"
  needed=$(grep -o '<dependency id="[^"]*" version="[^"]*"' "$work/clone/files/nupkg/MetaSpine.nuspec" | sed 's/.* id="\([^"]*\)" version="\([^"]*\)"/\1@\2/')
  billed=$(grep -o '"purl": "pkg:nuget/[^"]*' "$work/clone/files/nupkg/bom.cdx.json" | sed 's/.*nuget.//' | grep -v '^MetaSpine@')
  [[ -n $needed && $needed == "$billed" ]] || fail "the package needs" $needed "and its bill of materials names" $billed

  dotnet new console -o "$work/consumer" > "$work/new.log"
  block "using MetaSpine;" > "$work/consumer/Program.cs"
  (
    cd "$work/consumer"
    dotnet new nugetconfig > "$work/config.log"
    dotnet nuget add source "$work/clone/feed" --name here > "$work/source.log"
    dotnet add package MetaSpine > "$work/add.log" || { cat "$work/add.log"; fail "the package cannot be added"; }
    grep -q "$work/clone/feed" "$HOME"/.nuget/packages/metaspine/*/.nupkg.metadata || fail "the package is not the one that was packed"
    begins_as_readme "$(dotnet run)" "0.2"
    grep -q "</svg>" forest.svg || fail "there is no picture"
  )
  done_in
fi

if does tool; then
  machine=$(dotnet --info | awk '$1 == "RID:" { print $2 }')
  dotnet pack src/MetaSpine.Cli -o "$work/tools" -v q -p:ReadyToRun=true -p:ToolPackageRuntimeIdentifiers="$machine"
  dotnet tool install MetaSpine.Cli --tool-path "$work/bin" --add-source "$work/tools"
  begins_as_readme "$("$work/bin/metaspine" pool samples/spinal-metastases/review.yaml)" "Patients who could not walk"
  for sample in samples/*.yaml samples/spinal-metastases/*.yaml; do
    "$work/bin/metaspine" check "$sample" > "$work/check.log" || { cat "$work/check.log"; fail "$sample has faults"; }
    "$work/bin/metaspine" pool "$sample" > "$work/pool.log" || fail "$sample is not pooled"
  done
  for _ in {1..20}; do
    begin=$(date +%s%N)
    "$work/bin/metaspine" pool samples/bcg-vaccine.yaml > "$work/pool.log"
    echo $((($(date +%s%N) - begin) / 1000000))
  done | sort -n | awk '{ t[NR] = $1 } END { print "metaspine pool samples/bcg-vaccine.yaml: " t[1] " ms at best, " t[11] " ms as a rule" }'
  done_in
fi

if does samples; then
  for script in samples/scripts/*.cs; do
    [[ -n $(dotnet run "$script") ]] || fail "$script prints nothing"
  done
  dotnet test tests/MetaSpine.NotebookTests
  done_in
fi
