// Makes the demo guest: OUT/vmlinuz and OUT/initrd.img, from Debian's kernel and busybox. Needs apt and dpkg-deb, no root.
// Usage: node build.mjs OUT [--agent]      --agent adds the QEMU guest agent (used by tests)
import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { archive } from './cpio.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const modules =
  'virtio_pci virtio_mmio virtio_blk virtio_net virtio_console virtio_balloon virtio_rng virtio_scsi virtio_input sd_mod sr_mod isofs evdev button i6300esb pci_hotplug';
const loader = 'ld-linux-x86-64.so.2';
const libraryFolders = ['lib/x86_64-linux-gnu', 'usr/lib/x86_64-linux-gnu'];

/** apt without root: lists and cache of its own, the machine's sources. */
function apt(folder) {
  const options = [
    '-q=2',
    '-o',
    `Dir::State=${folder}/state`,
    '-o',
    `Dir::Cache=${folder}/cache`,
    '-o',
    'Dir::State::status=/var/lib/dpkg/status',
    '-o',
    'APT::Sandbox::User=',
    '-o',
    'Debug::NoLocking=1',
  ];
  mkdirSync(join(folder, 'state/lists/partial'), { recursive: true });
  mkdirSync(join(folder, 'cache/archives/partial'), { recursive: true });
  const quiet = ['ignore', 'pipe', 'pipe'];
  return {
    update: () => execFileSync('apt-get', [...options, 'update'], { stdio: quiet }),
    depends: (name) => execFileSync('apt-cache', [...options, 'depends', name], { encoding: 'utf8', stdio: quiet }),
    download: (names, cwd) => execFileSync('apt-get', [...options, 'download', ...names], { cwd, stdio: quiet }),
  };
}

/** Adds the files of packages to the tree. */
function unpack({ tool, folder, tree }, names) {
  const debs = join(folder, 'debs');
  rmSync(debs, { recursive: true, force: true });
  mkdirSync(debs, { recursive: true });
  tool.download(names, debs);
  for (const deb of readdirSync(debs)) execFileSync('dpkg-deb', ['-x', join(debs, deb), tree]);
}

/** A tree with the kernel and busybox in it. */
function unpackBase(folder) {
  const packages = { tool: apt(folder), folder, tree: join(folder, 'tree') };
  packages.tool.update();
  const kernel = dependencies(packages.tool, 'linux-image-cloud-amd64').find((name) => name.startsWith('linux-image-'));
  if (kernel === undefined) throw new Error('the package sources of this machine have no linux-image-cloud-amd64');
  unpack(packages, [kernel, 'busybox-static']);
  return packages;
}

/** Real packages that a package depends on; of alternatives every one. */
function dependencies(tool, name) {
  const rows = tool.depends(name).matchAll(/^ *\|?(?:Pre)?Depends: ([a-z0-9]\S*)$/gm);
  return [...rows].map(([, dependency]) => dependency);
}

/**
 * Adds the agent and, release by release whatever they are called there, the packages its libraries are in.
 * @returns files it loads: paths by name
 */
function unpackAgent(packages) {
  const had = new Set();
  for (let names = ['qemu-guest-agent']; names.length > 0; ) {
    unpack(packages, names);
    for (const name of names) had.add(name);
    const files = librariesOf(packages.tree, findFile(packages.tree, 'qemu-ga'));
    if (files !== undefined) return files;
    const next = names.flatMap((name) => dependencies(packages.tool, name));
    names = [...new Set(next)].filter((name) => /lib/.test(name) && !had.has(name));
  }
  throw new Error('a library of qemu-ga is in none of the packages it depends on');
}

/** What the loader of the tree loads for a program; undefined when something of it is not in the tree. */
function librariesOf(tree, program) {
  const folders = libraryFolders.map((folder) => join(tree, folder));
  const own = folders.map((folder) => join(folder, loader)).find((path) => existsSync(path));
  if (own === undefined) return undefined;
  const args = ['--inhibit-cache', '--library-path', folders.join(':'), program];
  const { stdout } = spawnSync(own, args, { encoding: 'utf8', env: { LD_TRACE_LOADED_OBJECTS: '1' } });
  const rows = [...stdout.matchAll(/^\s*(\S+) => (.*?)(?: \(0x[0-9a-f]+\))?$/gm)].map(([, name, path]) => [name, path]);
  const files = new Map(rows.filter(([name]) => basename(name) !== loader));
  const complete = files.size > 0 && [...files.values()].every((path) => path.startsWith(tree));
  return complete ? files.set(loader, own) : undefined;
}

function findFile(folder, name) {
  const hit = readdirSync(folder, { recursive: true }).find(
    (path) => basename(path) === name && !path.includes('/doc/'),
  );
  if (hit === undefined) throw new Error(`${name} is in none of the packages`);
  return join(folder, hit);
}

/** Copies the wanted modules with everything they depend on. */
function copyModules(tree, root, busybox) {
  const boot = readdirSync(join(tree, 'boot')).find((name) => name.startsWith('vmlinuz-'));
  const version = boot.slice('vmlinuz-'.length);
  if (!existsSync(join(tree, 'lib/modules'))) {
    mkdirSync(join(tree, 'lib'), { recursive: true });
    symlinkSync('../usr/lib/modules', join(tree, 'lib/modules'));
  }
  execFileSync(busybox, ['depmod', '-b', tree, version], { stdio: 'ignore' });
  const base = join('lib/modules', version);
  const needs = new Map(
    readFileSync(join(tree, base, 'modules.dep'), 'utf8')
      .split('\n')
      .filter((line) => line.includes(':'))
      .map((line) => [
        line.slice(0, line.indexOf(':')),
        line
          .slice(line.indexOf(':') + 1)
          .trim()
          .split(' ')
          .filter(Boolean),
      ]),
  );
  const copy = (path) => {
    const target = join(root, base, path);
    if (existsSync(target)) return;
    mkdirSync(dirname(target), { recursive: true });
    copyFileSync(join(tree, base, path), target);
    for (const need of needs.get(path) ?? []) copy(need);
  };
  const plain = (path) =>
    basename(path)
      .replace(/\.ko.*$/, '')
      .replaceAll('-', '_');
  for (const name of modules.split(' ')) for (const path of needs.keys()) if (plain(path) === name) copy(path);
  execFileSync(busybox, ['depmod', '-b', root, version], { stdio: 'ignore' });
  return join(tree, 'boot', boot);
}

function copyBusybox(tree, root) {
  const busybox = findFile(tree, 'busybox');
  for (const folder of ['bin', 'sbin', 'dev', 'proc', 'sys', 'run', 'tmp', 'etc', 'usr/sbin', 'var/run'])
    mkdirSync(join(root, folder), { recursive: true });
  copyFileSync(busybox, join(root, 'bin/busybox'));
  chmodSync(join(root, 'bin/busybox'), 0o755);
  const applets = execFileSync(busybox, ['--list'], { encoding: 'utf8' }).trim().split('\n');
  for (const applet of applets) if (applet !== 'busybox') symlinkSync('/bin/busybox', join(root, 'bin', applet));
  for (const applet of ['init', 'modprobe', 'poweroff', 'reboot', 'halt'])
    symlinkSync('/bin/busybox', join(root, 'sbin', applet));
  return busybox;
}

function copyAgent(tree, root, libraries) {
  const [folder] = libraryFolders;
  mkdirSync(join(root, folder), { recursive: true });
  mkdirSync(join(root, 'lib64'), { recursive: true });
  const files = [['usr/sbin/qemu-ga', findFile(tree, 'qemu-ga')]];
  for (const [name, path] of libraries) files.push([join(folder, name), path]);
  for (const [target, path] of files) {
    copyFileSync(path, join(root, target));
    chmodSync(join(root, target), 0o755);
  }
  symlinkSync(`../${folder}/${loader}`, join(root, 'lib64', loader));
}

/** Makes the guest unless it is there. */
export function buildGuest(out, { agent = false } = {}) {
  const done = ['vmlinuz', 'initrd.img'].map((name) => join(out, name));
  if (done.every((path) => existsSync(path))) return;
  const work = join(out, 'work');
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  const packages = unpackBase(work);
  const { tree } = packages;
  const root = join(work, 'root');
  const busybox = copyBusybox(tree, root);
  const kernel = copyModules(tree, root, busybox);
  if (agent) copyAgent(tree, root, unpackAgent(packages));
  cpSync(join(here, 'rootfs'), root, { recursive: true });
  copyFileSync(kernel, join(out, 'vmlinuz'));
  chmodSync(join(out, 'vmlinuz'), 0o644);
  writeFileSync(join(work, 'initrd.img'), archive(root));
  renameSync(join(work, 'initrd.img'), join(out, 'initrd.img'));
  rmSync(work, { recursive: true, force: true });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [out, ...flags] = process.argv.slice(2);
  if (out === undefined) {
    process.stderr.write('usage: node build.mjs OUT [--agent]\n');
    process.exit(2);
  }
  buildGuest(resolve(out), { agent: flags.includes('--agent') });
}
