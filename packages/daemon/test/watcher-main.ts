import { setTimeout as sleep } from 'node:timers/promises';
import { WireClient } from './wire-client.js';

/** Calls again and again until told to stop by the end of its standard input; then says how long 99 in 100 calls took, in ms. */
const client = await WireClient.open(process.argv[2] ?? '');
const times: number[] = [];
let watching = true;
process.stdin.once('end', () => (watching = false)).resume();
process.stdout.write('watching\n');
while (watching) {
  const start = performance.now();
  await client.call('domainLookupByName', { name: 'demo' });
  times.push(performance.now() - start);
  await sleep(2);
}
times.sort((a, b) => a - b);
process.stdout.write(`${times[Math.floor(times.length * 0.99)] ?? 0}\n`);
client.end();
