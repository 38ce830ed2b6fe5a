import { errnoOf } from '@virtkit/schema';
import { spawn, type ChildProcess } from 'node:child_process';
import { type CommandOptions, type CommandResult, type Commands, shellLine } from '@virtkit/core';
import { hostError, systemError } from '../errors.js';
import { findProgram } from './find-program.js';
import { OutputLimit } from './output.js';
import { installHint } from './packages.js';

const defaultMaxOutput = 16 * 1024 * 1024;
const proxies = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY'].flatMap((name) => [name, name.toLowerCase()]);
const passedOn = ['PATH', 'HOME', 'USER', 'LOGNAME', 'TMPDIR', 'XDG_RUNTIME_DIR', 'NODE_EXTRA_CA_CERTS', ...proxies];

/** Programs of this host, run with a small environment and `LC_ALL=C`. */
export class HostCommands implements Commands {
  readonly #found = new Map<string, string>();

  async find(program: string): Promise<string | undefined> {
    const known = this.#found.get(program);
    if (known !== undefined) return known;
    const path = await findProgram(program);
    if (path !== undefined) this.#found.set(program, path);
    return path;
  }

  async run(program: string, args: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
    options.signal?.throwIfAborted();
    const path = await this.find(program);
    if (path === undefined) throw missingProgram(program);
    options.signal?.throwIfAborted();
    try {
      return await execute(path, args, options);
    } catch (error) {
      if (errnoOf(error) !== 'ENOENT') throw error;
      this.#found.delete(program);
      throw missingProgram(program);
    }
  }

  async expect(program: string, args: readonly string[], options: CommandOptions = {}): Promise<string> {
    const result = await this.run(program, args, options);
    if (result.code === 0) return result.stdout;
    throw failedCommand(program, args, result);
  }
}

/** The error for a program that is not installed: names it and what to type. */
export function missingProgram(program: string): Error {
  const hint = installHint(program);
  const what = `Cannot find '${program}' in path: No such file or directory`;
  return hostError('SYSTEM_ERROR', hint === undefined ? what : `${what} (install it: ${hint})`);
}

/** The error for a program that did not end with 0: its own words. @libvirt virCommandRun */
export function failedCommand(program: string, args: readonly string[], result: CommandResult): Error {
  const status = result.signal === null ? `exit status ${result.code}` : `fatal signal ${result.signal}`;
  const words = result.stderr.trim() || result.stdout.trim();
  const command = shellLine([program, ...args]);
  return hostError('INTERNAL_ERROR', `Child process (${command}) unexpected ${status}${words && `: ${words}`}`);
}

/** The variables every program of ours gets, before those it is given. */
export function commandEnvironment(extra: Readonly<Record<string, string>> = {}): Record<string, string> {
  const environment: Record<string, string> = { LC_ALL: 'C' };
  for (const name of passedOn) {
    const value = process.env[name];
    if (value !== undefined) environment[name] = value;
  }
  return { ...environment, ...extra };
}

function execute(path: string, args: readonly string[], options: CommandOptions): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const child = start(path, args, options);
    let stopped: unknown;
    const stop = (reason: unknown) => {
      stopped ??= reason;
      child.kill('SIGKILL');
      // What it started itself may hold the other ends.
      child.stdout?.destroy();
      child.stderr?.destroy();
    };
    const limit = new OutputLimit(options.maxOutput ?? defaultMaxOutput, () =>
      stop(hostError('INTERNAL_ERROR', `output of '${path}' is larger than expected`)),
    );
    const stdout = child.stdout ? limit.collect(child.stdout) : () => '';
    const stderr = child.stderr ? limit.collect(child.stderr) : () => '';
    const abort = () => stop(options.signal?.reason);
    options.signal?.addEventListener('abort', abort, { once: true });
    child.once('error', (error) => {
      options.signal?.removeEventListener('abort', abort);
      reject(errnoOf(error) === 'ENOENT' ? error : systemError(`cannot execute binary ${path}`, error));
    });
    child.once('close', (code, signal) => {
      options.signal?.removeEventListener('abort', abort);
      if (stopped === undefined) resolve({ code, signal, stdout: stdout(), stderr: stderr() });
      else reject(stopped);
    });
    feed(child, options.input);
  });
}

function start(path: string, args: readonly string[], options: CommandOptions): ChildProcess {
  return spawn(path, args, {
    cwd: options.cwd ?? '/',
    env: commandEnvironment(options.env),
    stdio: [options.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    ...(options.uid !== undefined && { uid: options.uid }),
    ...(options.gid !== undefined && { gid: options.gid }),
  });
}

function feed(child: ChildProcess, input: string | undefined): void {
  if (input === undefined || !child.stdin) return;
  // A program that ends without reading its input says so with its exit status.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
}
