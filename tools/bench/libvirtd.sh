#!/bin/bash
# A private libvirtd (system mode) to measure against: own mounts, network, processes; nothing of the machine's is touched.
# Usage: libvirtd.sh DIR     Root. Sockets in DIR/run; ends when its standard input ends.
# Its first process is a shell, which reaps at once: libvirtd waits for orphans to be reaped when it destroys a guest.
set -euo pipefail
dir=$(realpath "${1:?usage: libvirtd.sh DIR}")
mkdir -p "$dir"/{run,etc,lib,cache,log}
export DIR=$dir
exec unshare --mount --net --pid --fork --kill-child --propagation private bash -euc '
mount -t proc proc /proc
mount -t tmpfs -o mode=755 tmpfs /run
mkdir -p /run/lock /etc/libvirt /var/lib/libvirt /var/cache/libvirt /var/log/libvirt
mount --bind "$DIR/etc" /etc/libvirt
mount --bind "$DIR/lib" /var/lib/libvirt
mount --bind "$DIR/cache" /var/cache/libvirt
mount --bind "$DIR/log" /var/log/libvirt
mkdir -p /var/lib/libvirt/qemu /var/lib/libvirt/images /var/lib/libvirt/network /var/log/libvirt/qemu /etc/libvirt/qemu/networks
# A kvm that the emulator may not open makes libvirtd probe it again at each use: it is hidden, for a fair comparison.
[ ! -e /dev/kvm ] || { touch /run/no-kvm; mount --bind /run/no-kvm /dev/kvm; }
printf "unix_sock_dir = \"%s/run\"\nauth_unix_rw = \"none\"\nauth_unix_ro = \"none\"\nmax_clients = 20000\nmax_client_requests = 5\n" "$DIR" >/etc/libvirt/libvirtd.conf
cp /usr/share/libvirt/networks/default.xml /etc/libvirt/qemu/networks/
printf "user = \"libvirt-qemu\"\ngroup = \"kvm\"\nsecurity_driver = \"none\"\nremember_owner = 0\nstdio_handler = \"file\"\nnamespaces = []\n" >/etc/libvirt/qemu.conf
ip link set lo up
libvirtd &
daemon=$!
trap "kill $daemon 2>/dev/null; wait" EXIT
echo started $daemon
cat >/dev/null
'
