import { describe, expect, it } from 'vitest';
import { closedFolder, deniedPath } from './closed-folder.js';
import { connectionHint } from './connection.js';
import { foreignType, otherThing, schemaFault } from './document.js';

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

  it('of another thing is told with the verb that takes it', () => {
    expect(otherThing('<network/>')).toBe('this is the document of a network: virtkit net-define FILE takes it');
    expect(otherThing('<domain/>')).toBeUndefined();
    expect(otherThing('<toString/>')).toBeUndefined();
  });

  it('that fits no schema has a line and what is unknown there', () => {
    expect(schemaFault('not valid against x.rng\nElement domain has extra content: memmory\n', 3)).toBe(
      'line 3: Element domain has extra content: memmory',
    );
    expect(schemaFault('no details', 3)).toBeUndefined();
  });
});

describe('a daemon that cannot be reached', () => {
  it('is to be started, where it was looked for', () => {
    const absent = 'cannot connect to /r/run/virtkit/libvirt-sock: there is no such socket; is the daemon running?';
    expect(connectionHint(absent, '/r')).toBe("start it with virtkitd --root '/r'");
    expect(connectionHint(absent, undefined)).toMatch(/^start it with virtkitd, or name another daemon/);
    expect(connectionHint("no daemon runs below '/r': there is no /r/run/virtkit/libvirt-sock", '/r')).toMatch(
      /^start/,
    );
  });

  it('is told with its owner, where its socket is closed to this user', () => {
    const closed = `cannot connect to ${import.meta.filename}: this user may not open it`;
    expect(connectionHint(closed, undefined)).toMatch(
      /^it belongs to uid \d+ \(mode 0\d{3}\): become its owner, .*"socketGroup"/,
    );
    expect(connectionHint('cannot connect to /nowhere: this user may not open it', undefined)).toMatch(/^become/);
    expect(connectionHint('cannot connect to host:16509: no route', undefined)).toBeUndefined();
  });
});
