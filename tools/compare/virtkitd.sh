#!/bin/bash
# This checkout's daemon in a network namespace of its own, as the libvirtd it is compared with.
# Usage: virtkitd.sh DIR     Root. Ends when its standard input ends.
set -euo pipefail
dir=$(realpath "${1:?usage: virtkitd.sh DIR}")
here=$(dirname "$(realpath "$0")")
export DIR=$dir MAIN=$here/../../apps/virtkitd/bundle/main.js SYS=$here/../own-sys.sh
exec unshare --mount --net --pid --fork --kill-child --propagation private bash -euc '
mount -t proc proc /proc
ip link set lo up
"$SYS" node "$MAIN" --root "$DIR" >"$DIR/virtkitd.log" 2>&1 &
daemon=$!
trap "kill $daemon 2>/dev/null; wait" EXIT
cat >/dev/null
'
