// The two daemons and the documents each works on.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { documents } from './documents.mjs';

/** Each side has documents of its own, so that files one of them makes do not confuse the other. */
export function writeDocuments(dir, guest) {
  mkdirSync(join(dir, 'pool'), { recursive: true });
  for (const [name, text] of Object.entries(documents))
    writeFileSync(join(dir, name), text.replaceAll('@D@', dir).replaceAll('@GUEST@', guest));
  writeFileSync(join(dir, 'vol2.xml'), '<volume><name>from.img</name><capacity>4194304</capacity></volume>');
  writeFileSync(join(dir, 'upload'), 'x'.repeat(65536));
  for (const name of ['disk2.img', 'cd.iso']) {
    writeFileSync(join(dir, name), '');
    truncateSync(join(dir, name), 1 << 20);
  }
  spawnSync('qemu-img', ['create', '-q', '-f', 'qcow2', join(dir, 'disk.qcow2'), '64M']);
  spawnSync('chmod', ['-R', 'a+rwX', dir]);
}

/** Starts a daemon by a command that takes its folder and ends with its standard input. @returns what ends it */
export async function startSide({ command, root, socket }) {
  mkdirSync(root, { recursive: true });
  const [program, ...args] = command.split(' ');
  const child = spawn(program, [...args, root], { stdio: ['pipe', 'ignore', 'ignore'] });
  for (let tries = 0; tries < 300 && !existsSync(socket); tries += 1) await sleep(100);
  if (!existsSync(socket)) throw new Error(`${command} made no ${socket}`);
  return () => new Promise((resolve) => child.once('exit', resolve) && child.stdin.end());
}
