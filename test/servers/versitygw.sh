#!/usr/bin/env bash
# Installs versitygw, the real S3 server of the tests, into .cache/bin, and prints where it is. Building takes about
# two minutes, so the binary stays there between runs.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

version=v1.8.0
binary=$PWD/.cache/bin/versitygw

if ! go version -m "$binary" 2>/dev/null | grep -q "github.com/versity/versitygw[[:space:]]$version"; then
  mkdir -p .cache/bin
  # Built beside its place and then moved: two runs at once don't see half a binary.
  scratch=$(mktemp -d .cache/versitygw-build.XXXXXX)
  trap 'rm -rf "$scratch"' EXIT
  GOBIN=$PWD/$scratch go install "github.com/versity/versitygw/cmd/versitygw@$version" >&2
  mv "$scratch/versitygw" "$binary"
fi
echo "$binary"
