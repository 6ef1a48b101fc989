#!/usr/bin/env bash
# Builds etcd, kube-apiserver, kube-controller-manager and kubectl from their Go modules into FOLDER/bin, once.
# usage: build.sh FOLDER      Go 1.26 or newer; ten minutes on two cores with a cold build cache, a minute with a warm one
set -euo pipefail
recipe=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1/bin"
cd "$1"
# A changed recipe builds anew.
if [ -x bin/etcd ] && [ -x bin/kube-controller-manager ] && cmp -s "$recipe/go.mod.in" go.mod.in; then exit 0; fi
cp "$recipe/go.mod.in" go.mod
export CGO_ENABLED=0
version=$(sed -n 's/^\tk8s.io\/kubernetes \(v[0-9.]*\)$/\1/p' go.mod)
stamp=k8s.io/component-base/version
flags="-s -w -X $stamp.gitVersion=$version -X $stamp.gitMajor=1 -X $stamp.gitMinor=$(cut -d. -f2 <<<"$version")"
go build -mod=mod -buildvcs=false -trimpath -ldflags "$flags" -o bin/ \
  k8s.io/kubernetes/cmd/kube-apiserver k8s.io/kubernetes/cmd/kube-controller-manager k8s.io/kubernetes/cmd/kubectl
go build -mod=mod -buildvcs=false -trimpath -ldflags '-s -w' -o bin/etcd go.etcd.io/etcd/server/v3
cp "$recipe/go.mod.in" go.mod.in
