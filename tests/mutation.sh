#!/usr/bin/env bash
# Mutation testing with Stryker, in a clone of what is committed; the report of each run goes to TestResults/mutation/.
# usage: tests/mutation.sh [GLOB ...]     globs of files within src/MetaSpine; EffectSizes/**, Pooling/** and Studies/** unless given, one run each
#                                         (several in one argument, with spaces between, are one run)
#   EVERY=N            only each Nth of the files: a sample of a folder, where all of it would take a night
#   TESTS='GLOB ...'   the files of tests to run, within tests/MetaSpine.Tests; unless given, the glob itself: each folder answers to the tests of its own name
#   TEST_CULTURES=...  the cultures of tests of texts, one unless given: a mutant is seldom killed by a second one alone
set -euo pipefail
repository=$(git -C "$(dirname "$0")" rev-parse --show-toplevel)
export TEST_CULTURES=${TEST_CULTURES-de-DE} DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 RunAnalyzers=false
# On a busy machine Stryker does not wait long enough for `dotnet --info`, and then finds no build environment.
export DOTNET_INFO_WAIT_TIME=${DOTNET_INFO_WAIT_TIME-120000}
reports=$repository/TestResults/mutation
mkdir -p "$reports"
[[ $# -gt 0 ]] || set -- 'EffectSizes/**' 'Pooling/**' 'Studies/**'

for glob in "$@"; do
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  git clone -q "$repository" "$work/clone"
  cd "$work/clone"

  # Stryker instruments every file of the project and discards what was not asked for afterwards. That costs many minutes of compiling, and every loop
  # its speed: the other files are told to stay as they are, before each of their types.
  shopt -s globstar nullglob
  wanted=$(cd src/MetaSpine && printf '%s\n' $glob | grep '\.cs$' | awk "NR % ${EVERY-1} == 0" || true)
  [[ -n $wanted ]] || { echo "mutation: no file of src/MetaSpine is $glob" >&2; exit 1; }
  git ls-files 'src/MetaSpine/*.cs' | grep -vxF "$(sed 's|^|src/MetaSpine/|' <<< "$wanted")" | while read -r file; do
    awk '{ print } /^namespace / || /^}/ || /^[a-z].*;\r?$/ && !/^using / { print "// Stryker disable all : another folder" }' "$file" > "$work/masked"
    cp "$work/masked" "$file"
  done

  # A mutant is killed by the first test that fails: the others need not run.
  echo '{ "xUnit": { "stopOnFail": true } }' > tests/MetaSpine.Tests/testconfig.json
  classes=$(cd tests/MetaSpine.Tests && for file in ${TESTS-$glob}; do [[ $file != *.cs ]] || sed -nE \
    -e 's/^namespace ([A-Za-z.]+);.*/\1/; T class; h; d; :class' -e 's/^public .*class ([A-Za-z0-9]+).*/\1/; T; G; s/(.*)\n(.*)/ClassName=\2.\1/p' "$file"; done)
  [[ -n $classes ]] || { echo "mutation: no file of tests/MetaSpine.Tests is ${TESTS-$glob}" >&2; exit 1; }

  dotnet tool restore > "$work/restore.log" || { cat "$work/restore.log"; exit 1; }
  cd tests/MetaSpine.Tests
  mutate=()
  for file in $wanted; do mutate+=(-m "**/$file"); done
  dotnet stryker "${mutate[@]}" --test-case-filter "$(paste -sd '|' <<< "$classes")" -O "$work/out"
  cp "$work/out/reports/mutation-report.json" "$reports/$(tr -c 'A-Za-z0-9\n' - <<< "$glob" | sed 's/-*$//').json"
  cd "$repository"
  rm -rf "$work"
done
