import { natNetwork, networkOf } from './documents.js';
import { startNetworkKernel, testCall } from './network-kernel.js';

/**
 * A daemon that changes networks at random until it is killed, saying before and after each change what it does.
 * Arguments: folder, seed; without a seed it lists the networks and ends.
 */
const [, , root = '', seed] = process.argv;
const { networks, messages } = await startNetworkKernel(root, () => import('../plugin.js'));
const say = (what: object): void => void process.stdout.write(`${JSON.stringify(what)}\n`);
const names = ['red', 'green'];
const uuids = ['00000000-0000-4000-8000-00000000000a', '00000000-0000-4000-8000-00000000000b'];

if (seed === undefined) {
  say({ networks: await networks.list(testCall()), messages });
  process.exit(0);
}
let state = Number(seed);
/** The same numbers for the same seed. */
const next = (limit: number): number => {
  state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
  return Math.floor((state / 2_147_483_648) * limit);
};
say({ ready: true });
for (;;) {
  const index = next(names.length);
  const name = names[index] ?? '';
  const found = await networks.find({ name }, testCall());
  const choices = found === undefined ? ['define'] : found.active ? ['stop'] : ['start', 'start', 'undefine', 'define'];
  const action = choices[next(choices.length)] ?? '';
  say({ doing: action, name });
  await perform(action, index);
  say({ done: action, name });
}

async function perform(action: string, index: number): Promise<void> {
  const ref = { name: names[index] ?? '', uuid: uuids[index] ?? '' };
  if (action === 'define') await networks.define(networkOf(natNetwork(ref.name, index + 1, ref.uuid)), testCall());
  else if (action === 'undefine') await networks.undefine(ref, testCall());
  else if (action === 'start') await networks.start(ref, testCall());
  else await networks.stop(ref, testCall());
}
