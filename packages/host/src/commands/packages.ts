/** Where a program comes from, as `Debian and Ubuntu package`; programs of every system are left out. */
const packages: Readonly<Record<string, string>> = {
  dnsmasq: 'dnsmasq-base',
  nft: 'nftables',
  ip: 'iproute2',
  tc: 'iproute2',
  bridge: 'iproute2',
  iptables: 'iptables',
  ip6tables: 'iptables',
  ebtables: 'ebtables',
  radvd: 'radvd',
  'ovs-vsctl': 'openvswitch-switch',
  'qemu-img': 'qemu-utils',
  'qemu-nbd': 'qemu-utils',
  'qemu-io': 'qemu-utils',
  'qemu-system-x86_64': 'qemu-system-x86',
  'qemu-system-i386': 'qemu-system-x86',
  'qemu-system-aarch64': 'qemu-system-arm',
  'qemu-system-arm': 'qemu-system-arm',
  'qemu-system-ppc64': 'qemu-system-ppc',
  'qemu-system-riscv64': 'qemu-system-misc',
  'qemu-system-s390x': 'qemu-system-misc',
  swtpm: 'swtpm',
  swtpm_setup: 'swtpm-tools',
  swtpm_ioctl: 'swtpm-tools',
  passt: 'passt',
  slirp4netns: 'slirp4netns',
  dmidecode: 'dmidecode',
  mdevctl: 'mdevctl',
  numad: 'numad',
  virtiofsd: 'virtiofsd',
  nbdkit: 'nbdkit',
  lvs: 'lvm2',
  vgs: 'lvm2',
  iscsiadm: 'open-iscsi',
  showmount: 'nfs-common',
  scrub: 'scrub',
  parted: 'parted',
};

/** What to type so that `program` exists; undefined when nothing is known. */
export function installHint(program: string): string | undefined {
  const name = packages[program];
  return name === undefined ? undefined : `apt install ${name}`;
}
