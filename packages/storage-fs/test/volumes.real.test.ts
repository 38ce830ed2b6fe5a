import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type StorageBed, storageBed } from './storage-bed.js';

const qemuImg = (() => {
  try {
    return execFileSync('qemu-img', ['--version'], { encoding: 'utf8' }).split('\n', 1)[0];
  } catch {
    return undefined;
  }
})();
const volume = (name: string, inner = '', capacity = 1_048_576): string =>
  `<volume><name>${name}</name><capacity>${capacity}</capacity>${inner}</volume>`;
const format = (type: string): string => `<target><format type='${type}'/></target>`;
const refusal = (code: number, message: string | RegExp) =>
  expect.objectContaining({ code, message: typeof message === 'string' ? message : expect.stringMatching(message) });

interface Pool extends StorageBed {
  readonly pool: { readonly uuid: string; readonly name: string };
}
async function poolBed(): Promise<Pool> {
  const bed = await storageBed();
  const pool = await bed.session.storagePools.createTransient(
    `<pool type='dir'><name>p</name><target><path>${bed.folder}</path></target></pool>`,
    { build: true },
  );
  return Object.assign(bed, { pool });
}
const create = (bed: Pool, xml: string, options = {}) => bed.session.storageVolumes.create(bed.pool, xml, options);
const info = (path: string) =>
  JSON.parse(execFileSync('qemu-img', ['info', '--output=json', path], { encoding: 'utf8' })) as Record<
    string,
    unknown
  >;

describe('a raw volume', () => {
  it('is wholly allocated unless it says otherwise', async () => {
    await using bed = await poolBed();
    const whole = await create(bed, volume('whole'));
    expect(await bed.session.storageVolumes.info(whole, {})).toEqual({
      type: 'file',
      capacity: 1_048_576n,
      allocation: 1_048_576n,
    });
    const sparse = await create(bed, volume('sparse', '<allocation>0</allocation>'));
    expect((await bed.session.storageVolumes.info(sparse, {})).allocation).toBe(0n);
    expect(statSync(join(bed.folder, 'whole')).mode & 0o7777).toBe(0o600);
    expect(readdirSync(bed.folder).toSorted()).toEqual(['sparse', 'whole']);
  });

  it('larger than the disk leaves nothing', async () => {
    await using bed = await poolBed();
    await expect(create(bed, volume('v', "<allocation unit='T'>5</allocation>", 1e12))).rejects.toThrow(
      refusal(38, /^cannot allocate 5497558138880 bytes in file '.*\/v': (No space left on device|File too large)$/),
    );
    expect(readdirSync(bed.folder)).toEqual([]);
    expect(await bed.session.storagePools.volumes(bed.pool)).toEqual([]);
  });

  it('is refused where its name cannot be a file', async () => {
    await using bed = await poolBed();
    await expect(create(bed, volume('a/b'))).rejects.toThrow(
      refusal(55, "Requested operation is not valid: volume name 'a/b' cannot contain '/'"),
    );
    for (const name of ['.', '..', 'a\nb'])
      await expect(create(bed, volume(name))).rejects.toThrow(refusal(55, /volume name/));
    await expect(create(bed, volume('n'.repeat(256)))).rejects.toThrow(refusal(38, /File name too long$/));
    expect(readdirSync(bed.folder)).toEqual([]);
  });

  it('does not replace what is there', async () => {
    await using bed = await poolBed();
    await create(bed, volume('v'));
    await expect(create(bed, volume('v'))).rejects.toThrow(refusal(90, "storage volume 'v' exists already"));
    writeFileSync(join(bed.folder, 'other'), '');
    await expect(create(bed, volume('other'))).rejects.toThrow(
      refusal(55, `Requested operation is not valid: volume target path '${bed.folder}/other' already exists`),
    );
  });

  it('made twice at once exists once', async () => {
    await using bed = await poolBed();
    const results = await Promise.allSettled([create(bed, volume('v')), create(bed, volume('v'))]);
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  it('grows, and shrinks only when asked to', async () => {
    await using bed = await poolBed();
    const { storageVolumes } = bed.session;
    const made = await create(bed, volume('v', '<allocation>0</allocation>'));
    await storageVolumes.resize(made, 2_097_152n, {});
    await storageVolumes.resize(made, 1024n, { delta: true });
    expect((await storageVolumes.info(made, {})).capacity).toBe(2_098_176n);
    await expect(storageVolumes.resize(made, 4096n, {})).rejects.toThrow(
      refusal(
        8,
        "invalid argument: Can't shrink capacity below current capacity unless shrink flag explicitly specified",
      ),
    );
    await storageVolumes.resize(made, 4096n, { shrink: true });
    expect(statSync(join(bed.folder, 'v')).size).toBe(4096);
    await expect(storageVolumes.resize(made, 2n ** 62n, {})).rejects.toThrow(
      refusal(38, /^Failed to truncate file .*: File too large$/),
    );
  });

  it('wiped holds zeros and keeps its size', async () => {
    await using bed = await poolBed();
    const made = await create(bed, volume('v'));
    writeFileSync(join(bed.folder, 'v'), Buffer.alloc(1_048_576, 'x'));
    await bed.session.storageVolumes.wipe(made, 'zero');
    expect(readFileSync(join(bed.folder, 'v')).equals(Buffer.alloc(1_048_576))).toBe(true);
    await expect(bed.session.storageVolumes.wipe(made, 'trim')).rejects.toThrow(
      refusal(74, "argument unsupported: 'trim' algorithm not supported"),
    );
  });

  it('deleted is gone, also when its file was gone before', async () => {
    await using bed = await poolBed();
    const one = await create(bed, volume('one'));
    const two = await create(bed, volume('two'));
    await bed.session.storageVolumes.delete(one, {});
    execFileSync('rm', [join(bed.folder, 'two')]);
    await expect(bed.session.storageVolumes.info(two, {})).rejects.toThrow(
      refusal(50, `Storage volume not found: no storage vol with matching path '${bed.folder}/two'`),
    );
    await bed.session.storageVolumes.delete(two, {});
    await expect(bed.session.storageVolumes.delete(two, {})).rejects.toThrow(refusal(50, /.*/));
  });

  it('is found by name, key and path', async () => {
    await using bed = await poolBed();
    const made = await create(bed, volume('v'));
    const { storageVolumes } = bed.session;
    expect(await storageVolumes.lookupByName(bed.pool, 'v')).toEqual(made);
    expect(await storageVolumes.lookupByKey(`${bed.folder}/v`)).toEqual(made);
    expect(await storageVolumes.lookupByPath(`${bed.folder}//v`)).toEqual(made);
    await expect(storageVolumes.lookupByKey('/none')).rejects.toThrow(
      refusal(50, 'Storage volume not found: no storage vol with matching key /none'),
    );
  });

  it('is in use while it is written', async () => {
    await using bed = await poolBed();
    const made = await create(bed, volume('v', '<allocation>0</allocation>'));
    const sink = await bed.session.storageVolumes.write(made, { offset: 0n }, {});
    if (sink.kind !== 'file') throw new Error('a file was expected');
    await expect(bed.session.storageVolumes.delete(made, {})).rejects.toThrow(
      refusal(55, "Requested operation is not valid: volume 'v' is still in use."),
    );
    await sink.finish();
    await sink.file[Symbol.asyncDispose]();
    await bed.session.storageVolumes.delete(made, {});
  });
});

describe.skipIf(qemuImg === undefined)(`an image (${qemuImg ?? 'skipped: no qemu-img'})`, () => {
  it.each(['qcow2', 'qed', 'qcow', 'vmdk', 'vdi', 'vpc'])(
    'of format %s is what qemu-img takes it for',
    async (type) => {
      await using bed = await poolBed();
      const made = await create(bed, volume('v', format(type)));
      expect(info(join(bed.folder, 'v'))['format']).toBe(type);
      const { capacity } = await bed.session.storageVolumes.info(made, {});
      expect(capacity).toBe(type === 'vpc' ? 1_079_296n : 1_048_576n);
      await bed.session.storagePools.refresh(bed.pool);
      expect(await bed.session.storageVolumes.xmlDesc(made)).toContain(`<format type='${type}'/>`);
    },
  );

  it('shows what its header says after a refresh', async () => {
    await using bed = await poolBed();
    execFileSync('qemu-img', [
      'create',
      '-q',
      '-f',
      'qcow2',
      '-o',
      'lazy_refcounts=on,cluster_size=128k',
      join(bed.folder, 'a'),
      '1M',
    ]);
    execFileSync('qemu-img', ['create', '-q', '-f', 'qcow2', '-b', 'a', '-F', 'qcow2', join(bed.folder, 'b')]);
    await bed.session.storagePools.refresh(bed.pool);
    const a = await bed.session.storageVolumes.xmlDesc(await bed.session.storageVolumes.lookupByName(bed.pool, 'a'));
    expect(a).toContain(
      "<compat>1.1</compat>\n    <clusterSize unit='B'>131072</clusterSize>\n    <features>\n      <lazy_refcounts/>",
    );
    const b = await bed.session.storageVolumes.xmlDesc(await bed.session.storageVolumes.lookupByName(bed.pool, 'b'));
    expect(b).toContain(
      `<backingStore>\n    <path>${bed.folder}/a</path>\n    <format type='qcow2'/>\n    <permissions>`,
    );
  });

  it('stands on another one', async () => {
    await using bed = await poolBed();
    await create(bed, volume('base', format('qcow2'), 3_145_728));
    const backing = `<backingStore><path>${bed.folder}/base</path><format type='qcow2'/></backingStore>`;
    const made = await create(bed, `<volume><name>top</name>${format('qcow2')}${backing}</volume>`);
    expect((await bed.session.storageVolumes.info(made, {})).capacity).toBe(3_145_728n);
    expect(info(join(bed.folder, 'top'))['full-backing-filename']).toBe(`${bed.folder}/base`);
    await expect(
      create(
        bed,
        volume('none', `${format('qcow2')}<backingStore><path>/none</path><format type='raw'/></backingStore>`),
      ),
    ).rejects.toThrow(refusal(38, 'inaccessible backing store volume /none: No such file or directory'));
  });

  it('standing on a relative path is made beside it', async () => {
    await using bed = await poolBed();
    await create(bed, volume('base'));
    await create(
      bed,
      volume('top', `${format('qcow2')}<backingStore><path>base</path><format type='raw'/></backingStore>`),
    );
    expect(info(join(bed.folder, 'top'))['backing-filename']).toBe('base');
    expect(readdirSync(bed.folder).toSorted()).toEqual(['base', 'top']);
  });

  it('that qemu-img refuses leaves nothing, and its error names the volume', async () => {
    await using bed = await poolBed();
    await expect(create(bed, volume('v', format('bochs')))).rejects.toThrow(
      refusal(
        1,
        new RegExp(
          `^internal error: Child process \\(/.*qemu-img create -f bochs ${bed.folder}/v 1024K\\) unexpected exit status 1: qemu-img: `,
        ),
      ),
    );
    expect(readdirSync(bed.folder)).toEqual([]);
  });

  it('is copied into another format', async () => {
    await using bed = await poolBed();
    const raw = await create(bed, volume('raw'));
    writeFileSync(join(bed.folder, 'raw'), Buffer.alloc(1_048_576, 'x'));
    await bed.session.storageVolumes.createFrom(bed.pool, volume('copy', format('qcow2'), 1), raw, {});
    execFileSync('qemu-img', [
      'compare',
      '-f',
      'raw',
      '-F',
      'qcow2',
      join(bed.folder, 'raw'),
      join(bed.folder, 'copy'),
    ]);
    const back = await bed.session.storageVolumes.createFrom(
      bed.pool,
      volume('back', '<allocation>0</allocation>', 2_000_000),
      raw,
      {},
    );
    expect((await bed.session.storageVolumes.info(back, {})).capacity).toBe(2_000_000n);
    truncateSync(join(bed.folder, 'back'), 1_048_576);
    expect(readFileSync(join(bed.folder, 'back')).equals(readFileSync(join(bed.folder, 'raw')))).toBe(true);
  });

  it('copied by a document without a size has the size of the original', async () => {
    await using bed = await poolBed();
    const raw = await create(bed, volume('raw'));
    const document = '<volume><name>copy</name><target><format type="qcow2"/></target></volume>';
    const copy = await bed.session.storageVolumes.createFrom(bed.pool, document, raw, {});
    expect((await bed.session.storageVolumes.info(copy, {})).capacity).toBe(1_048_576n);
  });

  it('is resized by qemu-img', async () => {
    await using bed = await poolBed();
    const made = await create(bed, volume('v', format('qcow2')));
    await bed.session.storageVolumes.resize(made, 2_097_153n, {});
    expect((await bed.session.storageVolumes.info(made, {})).capacity).toBe(2_097_664n);
    await expect(bed.session.storageVolumes.resize(made, 4_194_304n, { allocate: true })).rejects.toThrow(
      refusal(84, 'Operation not supported: preallocate is only supported for raw type volume'),
    );
  });

  it('enciphered needs a secret that is there', async () => {
    await using bed = await poolBed();
    const uuid = 'f52a81b2-424e-490c-823d-6bd4235bc572';
    const encryption = `<target><encryption format='luks'><secret type='passphrase' uuid='${uuid}'/></encryption></target>`;
    await expect(create(bed, volume('v', encryption))).rejects.toThrow(
      refusal(66, `Secret not found: no secret with matching uuid '${uuid}'`),
    );
    expect(existsSync(join(bed.folder, 'v'))).toBe(false);
  });
});
