import {
  type Handlers,
  monitorCommandFlags,
  monitorEventFlags,
  noFlags,
  optionsOf,
  type qemu,
} from '@virtkit/protocol';
import { errorsFrom } from '@virtkit/schema';
import { flagged } from './remote/flagged.js';
import type { RemoteCall } from './remote/state.js';
import { wireDomain } from './remote/wire.js';

const qemuError = errorsFrom('QEMU');
const monitorCommand = flagged('virDomainQemuMonitorCommand', monitorCommandFlags);
const attach = flagged('virDomainQemuAttach', noFlags);
const agentCommand = flagged('virDomainQemuAgentCommand', noFlags);

/** What only QEMU has. */
export const qemuHandlers = {
  domainMonitorCommand: async ({ dom, cmd, flags }, { state }) => {
    const { options, via } = monitorCommand;
    return { result: await state.session.native.monitorCommand(dom, cmd, options(flags), via(flags)) };
  },
  domainAttach: async ({ pidValue, flags }, { state }) => ({
    dom: wireDomain(await state.session.native.connection.attachProcess(pidValue, attach.via(flags))),
  }),
  domainAgentCommand: async ({ dom, cmd, timeout, flags }, { state }) => ({
    result: await state.session.native.agentCommand(dom, cmd, timeout, agentCommand.via(flags)),
  }),
  connectDomainMonitorEventRegister: ({ dom, event, flags }, { state }) => ({
    callbackID: state.callbacks.addMonitor(state.session, dom, matcher(event, flags)),
  }),
  connectDomainMonitorEventDeregister: ({ callbackID }, { state }) => {
    state.callbacks.remove('monitor', callbackID);
    return {};
  },
} satisfies Handlers<typeof qemu, RemoteCall>;

/** Names as the client wrote them; with `REGEX` a pattern of at most that length, tried on event names only. */
function matcher(pattern: string | undefined, flags: number): (event: string) => boolean {
  if (pattern === undefined) return () => true;
  const { noCase = false, regex = false } = optionsOf(monitorEventFlags, flags);
  if (!regex) {
    const wanted = noCase ? pattern.toLowerCase() : pattern;
    return (event) => (noCase ? event.toLowerCase() : event) === wanted;
  }
  const expression = compile(pattern, noCase);
  return (event) => expression.test(event);
}

/** A repeated group can take exponential time to fail and is refused. */
function compile(pattern: string, noCase: boolean): RegExp {
  if (/\)[*+?{]/.test(pattern)) throw qemuError('INVALID_ARG', `unsupported regular expression '${pattern}'`);
  try {
    return new RegExp(pattern, noCase ? 'i' : '');
  } catch (cause) {
    throw qemuError('INVALID_ARG', `failed to compile regex '${pattern}'`, { cause });
  }
}
