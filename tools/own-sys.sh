#!/bin/sh
# Runs a command that sees its own network namespace in /sys, and the control groups of the host where they were.
# Usage: unshare --mount … own-sys.sh COMMAND [ARGUMENT…]     Root, in a mount namespace of its own.
set -eu
groups=$(mktemp -d)
mount --rbind /sys/fs/cgroup "$groups"
mount -t sysfs sysfs /sys
mount --rbind "$groups" /sys/fs/cgroup
umount -l "$groups"
rmdir "$groups"
exec "$@"
