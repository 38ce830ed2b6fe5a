import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type StorageBed, storageBed } from './storage-bed.js';

const document = (name: string, path: string, inner = ''): string =>
  `<pool type='dir'><name>${name}</name>${inner}<target><path>${path}</path></target></pool>`;
const refusal = (code: number, message: string | RegExp) =>
  expect.objectContaining({ code, message: typeof message === 'string' ? message : expect.stringMatching(message) });

async function defined(bed: StorageBed, name = 'p') {
  return bed.session.storagePools.define(document(name, bed.folder));
}

describe('a directory pool', () => {
  it('goes its way from definition to nothing', async () => {
    await using bed = await storageBed();
    const { storagePools } = bed.session;
    const pool = await defined(bed);
    await expect(storagePools.start(pool, {})).rejects.toThrow(
      refusal(38, `cannot open directory '${bed.folder}': No such file or directory`),
    );
    await storagePools.build(pool, {});
    expect(statSync(bed.folder).mode & 0o7777).toBe(0o711);
    await storagePools.start(pool, {});
    await expect(storagePools.start(pool, {})).rejects.toThrow(
      refusal(55, "Requested operation is not valid: storage pool 'p' is already active"),
    );
    expect((await storagePools.info(pool)).state).toBe('running');
    expect(await storagePools.xmlDesc(pool)).toContain('<mode>0711</mode>');
    await expect(storagePools.undefine(pool)).rejects.toThrow(refusal(55, /still active/));
    await storagePools.stop(pool);
    await storagePools.delete(pool, {});
    expect(existsSync(bed.folder)).toBe(false);
    await storagePools.undefine(pool);
    await expect(storagePools.lookupByName('p')).rejects.toThrow(
      refusal(49, "Storage pool not found: no storage pool with matching name 'p'"),
    );
  });

  it('that is transient vanishes when it is stopped', async () => {
    await using bed = await storageBed();
    const { storagePools } = bed.session;
    const pool = await storagePools.createTransient(document('t', bed.folder), { build: true });
    expect(await storagePools.lookupByName('t')).toMatchObject({ persistent: false, active: true });
    await expect(storagePools.setAutostart(pool, true)).rejects.toThrow(
      refusal(1, 'internal error: pool has no config file'),
    );
    await storagePools.stop(pool);
    await expect(storagePools.info(pool)).rejects.toThrow(refusal(49, /matching uuid '.*' \(t\)/));
  });

  it('leaves nothing when it cannot be started', async () => {
    await using bed = await storageBed();
    await expect(bed.session.storagePools.createTransient(document('t', bed.folder), {})).rejects.toThrow(
      refusal(38, /cannot open/),
    );
    expect(await bed.session.storagePools.list()).toEqual([]);
  });

  it('cannot be that of another pool', async () => {
    await using bed = await storageBed();
    await defined(bed);
    await expect(defined(bed, 'q')).rejects.toThrow(
      refusal(9, "operation failed: Storage source conflict with pool: 'p'"),
    );
    await expect(bed.session.storagePools.define(document('p', `${bed.folder}2`))).rejects.toThrow(
      refusal(9, /already exists with uuid/),
    );
  });

  it('defined anew while it runs shows the new definition as the persistent one', async () => {
    await using bed = await storageBed();
    const { storagePools } = bed.session;
    const pool = await defined(bed);
    await storagePools.start(pool, { build: true });
    await storagePools.define(document('p', `${bed.folder}2`, `<uuid>${pool.uuid}</uuid>`));
    expect(await storagePools.xmlDesc(pool)).toContain(`<path>${bed.folder}</path>`);
    expect(await storagePools.xmlDesc(pool, { inactive: true })).toContain(`<path>${bed.folder}2</path>`);
    await storagePools.stop(pool);
    expect(await storagePools.xmlDesc(pool)).toContain(`<path>${bed.folder}2</path>`);
  });

  it('is found again after a restart, with its volumes', async () => {
    await using bed = await storageBed();
    const pool = await defined(bed);
    await bed.session.storagePools.start(pool, { build: true });
    await bed.session.storagePools.setAutostart(pool, true);
    writeFileSync(join(bed.folder, 'a'), 'x');
    await bed.restart();
    expect(await bed.session.storagePools.lookupByName('p')).toMatchObject({
      active: true,
      persistent: true,
      autostart: true,
    });
    expect((await bed.session.storagePools.volumes(pool)).map(({ name }) => name)).toEqual(['a']);
    expect(bed.errors).toEqual([]);
  });

  it('whose directory is gone is inactive after a restart', async () => {
    await using bed = await storageBed();
    const pool = await defined(bed);
    await bed.session.storagePools.start(pool, { build: true });
    rmSync(bed.folder, { recursive: true });
    await bed.restart();
    expect(await bed.session.storagePools.lookupByName('p')).toMatchObject({ active: false });
  });

  it('forgets what an earlier daemon was making when it was killed', async () => {
    await using bed = await storageBed();
    const pool = await defined(bed);
    await bed.session.storagePools.start(pool, { build: true });
    mkdirSync(join(bed.folder, '.virtkit-new-4194304-00000000-00000000'));
    writeFileSync(join(bed.folder, '.virtkit-new-4194304-00000000-00000000', 'half'), '');
    await bed.session.storagePools.refresh(pool);
    expect(readdirSync(bed.folder)).toEqual([]);
  });

  it('with ten thousand files is refreshed without holding up others', async () => {
    await using bed = await storageBed();
    const pool = await defined(bed);
    await bed.session.storagePools.start(pool, { build: true });
    for (let index = 0; index < 10_000; index += 1) writeFileSync(join(bed.folder, `v${index}`), 'x');
    let longest = 0;
    let last = performance.now();
    const watch = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 1);
    const start = performance.now();
    await bed.session.storagePools.refresh(pool);
    const took = performance.now() - start;
    clearInterval(watch);
    expect(await bed.session.storagePools.volumes(pool)).toHaveLength(10_000);
    expect(longest).toBeLessThan(Math.max(took / 2, 100));
  });
});
