// virsh as a person uses it: a command, a command while others run, a command on a terminal.
import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

const LONGEST_MS = 60_000;
/** Time a command that waits for events has until something happens. */
const SETTLE_MS = 700;
const LEAVE = '\x1d';

/** The words of a line; in a word that is a document `_` stands for a blank, as lines are split at blanks. */
const words = (line, dir) =>
  line.split(' ').map((word) => word.replaceAll('@D@', dir).replaceAll('_', word.startsWith('<') ? ' ' : '_'));

/** One daemon's client. `program` is the virsh to use. */
export function client({ program, socket, dir }) {
  const uri = `qemu+unix:///system?socket=${socket}`;
  const argumentsOf = ({ line, readOnly }) => ['-c', uri, ...(readOnly ? ['-r'] : []), ...words(line, dir)];

  async function ask(step) {
    const asked = collect(spawn(program, argumentsOf(step), options));
    if (step.meanwhile !== undefined) {
      await sleep(SETTLE_MS);
      for (const line of step.meanwhile) await collect(spawn(program, argumentsOf({ line }), options));
    }
    return asked;
  }

  /** Keys are typed when the line before has settled; what the guest prints besides is left out. */
  async function onTerminal({ line, keys, until }) {
    const shell = [program, ...argumentsOf({ line })].map((word) => `'${word}'`).join(' ');
    const child = spawn('script', ['-qec', shell, '/dev/null'], { ...options, stdio: ['pipe', 'pipe', 'pipe'] });
    const answer = collect(child);
    let printed = '';
    child.stdout.on('data', (text) => {
      printed += text;
    });
    for (const key of keys) {
      await sleep(SETTLE_MS);
      child.stdin.write(key);
    }
    for (let tries = 0; tries < 100 && !new RegExp(`^${until}`, 'm').test(printed); tries += 1) await sleep(100);
    child.stdin.end(LEAVE);
    const { code, out } = await answer;
    const kept = out.split(/\r?\n/).filter((text) => /^(Connected|Escape|error)/.test(text) || text === until);
    return { code, out: kept.join('\n'), err: '' };
  }

  async function waitFor({ until, says = '' }) {
    for (let tries = 0; tries < 120; tries += 1) {
      const { code, out } = await ask({ line: until });
      if (code === 0 && out.includes(says)) return;
      await sleep(500);
    }
    throw new Error(`'virsh ${until}' never succeeded at ${socket}`);
  }

  return { ask: (step) => (step.keys === undefined ? ask(step) : onTerminal(step)), waitFor };
}

const options = { env: { ...process.env, LC_ALL: 'C', TERM: 'dumb' }, stdio: ['ignore', 'pipe', 'pipe'] };

function collect(child) {
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    err += text;
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), LONGEST_MS);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(timer);
      resolve({ out, err, code });
    });
  });
}
