// Documents that both daemons take.

/** The smallest guest. */
export const plainGuest = (
  name,
) => `<domain type='qemu'><name>${name}</name><memory unit='MiB'>64</memory><vcpu>1</vcpu>
<os><type arch='x86_64' machine='pc'>hvm</type></os><devices><emulator>/usr/bin/qemu-system-x86_64</emulator></devices></domain>`;

const disk = (
  at,
) => `<disk type='file' device='disk'><driver name='qemu' type='qcow2' cache='none'/><source file='/var/lib/images/disk${at}.qcow2'/>
<target dev='vd${String.fromCharCode(97 + at)}' bus='virtio'/></disk>`;
const card = (at) => `<interface type='user'><mac address='52:54:00:00:00:0${at}'/><model type='virtio'/></interface>`;
const times = (count, make) => Array.from({ length: count }, (_, at) => make(at)).join('\n');

/** A guest with everything usual; its dump is about 15 KB. */
export const richGuest = (name) => `<domain type='qemu'><name>${name}</name><title>A rich guest</title>
<memory unit='GiB'>4</memory><vcpu>4</vcpu><os><type arch='x86_64' machine='q35'>hvm</type><boot dev='hd'/></os>
<features><acpi/><apic/></features><clock offset='utc'><timer name='rtc' tickpolicy='catchup'/><timer name='pit' tickpolicy='delay'/></clock>
<devices><emulator>/usr/bin/qemu-system-x86_64</emulator>${times(12, disk)}${times(8, card)}
<serial type='pty'/><console type='pty'/><channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0'/></channel>
<input type='tablet' bus='usb'/><graphics type='vnc' port='-1' autoport='yes'/><video><model type='vga'/></video>
<rng model='virtio'><backend model='random'>/dev/urandom</backend></rng><watchdog model='i6300esb' action='reset'/></devices></domain>`;
