// The documents the commands work on. `@D@` is the folder of documents, `@GUEST@` that of the guest's kernel.
export const documents = {
  'guest.xml': `<domain type='qemu'>
  <name>one</name>
  <uuid>11111111-2222-3333-4444-555555555555</uuid>
  <title>first</title>
  <description>a guest to compare</description>
  <metadata><app:note xmlns:app="http://example.org/app">hello</app:note></metadata>
  <memory unit='MiB'>128</memory>
  <vcpu placement='static' current='1'>2</vcpu>
  <os>
    <type arch='x86_64' machine='pc'>hvm</type>
    <kernel>@GUEST@/vmlinuz</kernel>
    <initrd>@GUEST@/initrd.img</initrd>
    <cmdline>console=ttyS0 quiet</cmdline>
  </os>
  <features><acpi/></features>
  <devices>
    <emulator>/usr/bin/qemu-system-x86_64</emulator>
    <disk type='file' device='disk'>
      <driver name='qemu' type='qcow2'/>
      <source file='@D@/disk.qcow2'/>
      <target dev='vda' bus='virtio'/>
    </disk>
    <disk type='file' device='cdrom'>
      <target dev='hdc' bus='ide'/>
      <readonly/>
    </disk>
    <interface type='user'>
      <mac address='52:54:00:11:22:33'/>
      <model type='virtio'/>
    </interface>
    <serial type='pty'/>
    <console type='pty'/>
    <channel type='unix'>
      <target type='virtio' name='org.qemu.guest_agent.0'/>
    </channel>
    <graphics type='vnc' port='-1' autoport='yes' passwd='sesame'/>
    <video><model type='vga'/></video>
    <memballoon model='virtio'/>
  </devices>
</domain>
`,
  'bad.xml': `<domain type='qemu'>\n  <name>bad</name>\n  <memory>1</memory\n</domain>\n`,
  'noname.xml': `<domain type='qemu'><memory>1</memory><os><type>hvm</type></os></domain>\n`,
  'misspelt.xml': `<domain type='qemu'><name>m</name><memory>65536</memory><os><type arch='x86_64'>hvm</type></os><devises/></domain>\n`,
  'xen.xml': `<domain type='xen'><name>x</name><memory>65536</memory><os><type arch='x86_64'>hvm</type></os></domain>\n`,
  'transient.xml': `<domain type='qemu'><name>two</name><uuid>22222222-2222-3333-4444-555555555555</uuid><memory unit='MiB'>32</memory><os><type arch='x86_64' machine='pc'>hvm</type></os></domain>\n`,
  'disk2.xml': `<disk type='file' device='disk'><driver name='qemu' type='raw'/><source file='@D@/disk2.img'/><target dev='vdb' bus='virtio'/></disk>\n`,
  'pool.xml': `<pool type='dir'><name>p</name><uuid>33333333-2222-3333-4444-555555555555</uuid><target><path>@D@/pool</path></target></pool>\n`,
  'vol.xml': `<volume><name>v.qcow2</name><capacity unit='MiB'>8</capacity><target><format type='qcow2'/></target></volume>\n`,
  'net.xml': `<network><name>n</name><uuid>44444444-2222-3333-4444-555555555555</uuid><forward mode='nat'/><bridge name='vkcmp0'/><mac address='52:54:00:aa:bb:cc'/><ip address='192.168.241.1' netmask='255.255.255.0'><dhcp><range start='192.168.241.2' end='192.168.241.99'/></dhcp></ip></network>\n`,
  'nat-guest.xml': `<domain type='qemu'><name>net</name><uuid>55555555-2222-3333-4444-555555555555</uuid><memory unit='MiB'>96</memory><vcpu>1</vcpu>
  <os><type arch='x86_64' machine='pc'>hvm</type><kernel>@GUEST@/vmlinuz</kernel><initrd>@GUEST@/initrd.img</initrd><cmdline>console=ttyS0 quiet</cmdline></os>
  <features><acpi/></features>
  <devices><interface type='network'><mac address='52:54:00:00:00:02'/><source network='n'/><model type='virtio'/></interface><serial type='pty'/>
  <channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0'/></channel></devices></domain>\n`,
  'iface.xml': `<interface type='user'><mac address='52:54:00:00:00:09'/><model type='virtio'/></interface>\n`,
  'iface-down.xml': `<interface type='user'><mac address='52:54:00:11:22:33'/><model type='virtio'/><link state='down'/></interface>\n`,
  'cd-other.xml': `<disk type='file' device='cdrom'><driver name='qemu' type='raw'/><source file='@D@/cd.iso'/><target dev='hdc' bus='ide'/><readonly/></disk>\n`,
  'vnc-other.xml': `<graphics type='vnc' port='-1' autoport='yes' passwd='other'/>\n`,
};
