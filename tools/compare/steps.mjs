// What is asked of both daemons, by group, in order. A step is a line of virsh, or an object:
//   { line, readOnly }          on a read-only connection
//   { line, meanwhile: [] }     the lines of `meanwhile` are given, unseen, while `line` runs
//   { line, keys: [], until }   on a terminal: the keys are typed, then virsh is left when `until` was printed
//   { until: line, says }       repeated on both until it succeeds (and prints `says`); not compared
import { agent } from './steps/agent.mjs';
import { attached } from './steps/attached.mjs';
import { define } from './steps/define.mjs';
import { events } from './steps/events.mjs';
import { host } from './steps/host.mjs';
import { live } from './steps/live.mjs';
import { network } from './steps/network.mjs';
import { readOnly } from './steps/read-only.mjs';
import { run } from './steps/run.mjs';
import { storage } from './steps/storage.mjs';

export const steps = { host, define, run, live, agent, events, storage, network, attached, readOnly };
