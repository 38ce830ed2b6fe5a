import { expect, test } from 'vitest';
import { run } from '../run.js';

/** What a verb says that makes a document of its options and asks no daemon. */
async function printed(...words: readonly string[]): Promise<{ readonly out: string; readonly error: string }> {
  const said = { out: '', error: '' };
  await run(
    [...words, '--print-xml'],
    {
      out: (text) => void (said.out += text),
      error: (text) => void (said.error += text),
    },
    { version: '1' },
  );
  return said;
}

test('a pool has its source, who may use it and its target', async () => {
  const words =
    '--source-host h --source-dev iqn --auth-type chap --auth-username u --secret-usage s --source-initiator i';
  const { out } = await printed('pool-define-as', 'p', 'iscsi', ...words.split(' '), '--target', '/dev/x');
  expect(out).toBe(`<pool type='iscsi'>
  <name>p</name>
  <source>
    <host name='h'/>
    <device path='iqn'/>
    <auth type='chap' username='u'>
      <secret usage='s'/>
    </auth>
    <initiator>
      <iqn name='i'/>
    </initiator>
  </source>
  <target>
    <path>/dev/x</path>
  </target>
</pool>

`);
});

test.each([
  ['--adapter-name scsi_host1', "<adapter type='scsi_host' name='scsi_host1'/>"],
  ['--adapter-wwnn a --adapter-wwpn b --adapter-parent p', "<adapter type='fc_host' parent='p' wwnn='a' wwpn='b'/>"],
  [
    '--adapter-wwnn a --adapter-wwpn b --adapter-parent-wwnn p --adapter-parent-wwpn q --adapter-parent-fabric-wwn f',
    "<adapter type='fc_host' parent_wwnn='p' parent_wwpn='q' wwnn='a' wwpn='b'/>",
  ],
])('an adapter of %s', async (words, adapter) => {
  expect((await printed('pool-define-as', 'p', 'scsi', ...words.split(' '))).out).toContain(adapter);
});

test('two ways to name a secret exclude each other', async () => {
  const words = ['--secret-usage', 's', '--secret-uuid', 'u'];
  expect(await printed('pool-define-as', 'p', 'rbd', ...words)).toEqual({
    out: '',
    error: 'error: Options --secret-usage and --secret-uuid are mutually exclusive\n',
  });
});

test('a snapshot names where memory and disks go', async () => {
  const disks = [
    '--diskspec',
    'vda,snapshot=external,driver=qcow2,file=/b,,c',
    '--diskspec',
    'vdb,stype=block,file=/d',
  ];
  const { out } = await printed('snapshot-create-as', 'g', 'n', '--memspec', 'file=/a,snapshot=external', ...disks);
  expect(out).toBe(`<domainsnapshot>
  <name>n</name>
  <memory snapshot='external' file='/a'/>
  <disks>
    <disk name='vda' snapshot='external'>
      <driver type='qcow2'/>
      <source file='/b,c'/>
    </disk>
    <disk name='vdb' type='block'>
      <source dev='/d'/>
    </disk>
  </disks>
</domainsnapshot>

`);
});

test('a specification that is none is refused', async () => {
  const { error } = await printed('snapshot-create-as', 'g', '--memspec', 'no');
  expect(error).toMatch(/^error: unable to parse memspec: no/);
});

test('a text keeps its line breaks in a document that is laid out', async () => {
  const { out } = await printed('snapshot-create-as', 'g', 'n', 'two\nlines');
  expect(out).toContain('<description>two&#10;lines</description>');
});
