#!/bin/bash
# This checkout's daemon in a network namespace of its own, as the libvirtd it is compared with.
# Usage: virtkitd.sh DIR     Root. Ends when its standard input ends.
set -euo pipefail
dir=$(realpath "${1:?usage: virtkitd.sh DIR}")
here=$(dirname "$(realpath "$0")")
export DIR=$dir MAIN=$here/../../apps/virtkitd/bundle/main.js
exec unshare --mount --net --pid --fork --kill-child --propagation private bash -euc '
mount -t proc proc /proc
groups=$(mktemp -d) # stay where they are when /sys shows this network namespace
mount --rbind /sys/fs/cgroup "$groups" 2>/dev/null || true
mount -t sysfs sysfs /sys 2>/dev/null || true
mount --rbind "$groups" /sys/fs/cgroup 2>/dev/null || true
umount -l "$groups" 2>/dev/null || true
rmdir "$groups" 2>/dev/null || true
ip link set lo up
node "$MAIN" --root "$DIR" >"$DIR/virtkitd.log" 2>&1 &
daemon=$!
trap "kill $daemon 2>/dev/null; wait" EXIT
cat >/dev/null
'
