import { describe, expect, it } from 'vitest';
import { closedFolder, deniedPath } from './closed-folder.js';
import { foreignType, schemaFault } from './document.js';

describe('a closed folder', () => {
  const open = { uid: 0, gid: 0, mode: 0o40755 };
  const tree = new Map([
    ['/', open],
    ['/home', open],
    ['/home/me', { uid: 1000, gid: 1000, mode: 0o40750 }],
  ]);
  const look = (folder: string) => tree.get(folder);

  it('is found in the words of libvirt and of QEMU', () => {
    const libvirt = "Cannot access storage file '/home/me/a.qcow2' (as uid:64055, gid:108): Permission denied";
    expect(deniedPath(libvirt)).toBe('/home/me/a.qcow2');
    expect(deniedPath("qemu: -blockdev {…}: Could not open '/home/me/b': Permission denied")).toBe('/home/me/b');
    expect(deniedPath("Cannot access storage file '/a': No such file or directory")).toBeUndefined();
  });

  it('is named with its mode, its owner and who is kept out', () => {
    const hint = closedFolder('/home/me/a', { uid: 995, gid: 108 }, look);
    expect(hint).toMatch(/^'\/home\/me' \(mode 0750, owner uid 1000\) is closed to uid 995: /);
    expect(hint).toContain("chmod o+x '/home/me'");
  });

  it('is none to its owner and to its group, nor on another host', () => {
    expect(closedFolder('/home/me/a', { uid: 1000, gid: 5 }, look)).toBeUndefined();
    expect(closedFolder('/home/me/a', { uid: 995, gid: 1000 }, look)).toBeUndefined();
    expect(closedFolder('/elsewhere/a', { uid: 995, gid: 108 }, look)).toBeUndefined();
  });
});

describe('a document', () => {
  const capabilities = `<capabilities><host/><guest><os_type>hvm</os_type><arch name='x86_64'>
    <domain type='qemu'/><domain type='kvm'/></arch></guest></capabilities>`;

  it('for another hypervisor is told from one for this', () => {
    expect(foreignType("<domain type='vmware'/>", capabilities)).toMatch(/hypervisor 'vmware', .* serves qemu, kvm/);
    expect(foreignType("<domain type='kvm'/>", capabilities)).toBeUndefined();
    expect(foreignType('<network/>', capabilities)).toBeUndefined();
    expect(foreignType('<domain', capabilities)).toBeUndefined();
  });

  it('that fits no schema has a line and what is unknown there', () => {
    expect(schemaFault('not valid against x.rng\nElement domain has extra content: memmory\n', 3)).toBe(
      'line 3: Element domain has extra content: memmory',
    );
    expect(schemaFault('no details', 3)).toBeUndefined();
  });
});
