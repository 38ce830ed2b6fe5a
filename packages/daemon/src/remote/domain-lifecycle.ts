import {
  destroyFlags,
  type Handlers,
  lifecycleActions,
  lifecycleEvents,
  noFlags,
  type remote,
  startFlags,
  stopMethods,
  suspendTargets,
  targetFlags,
} from '@virtkit/protocol';
import { flagged } from './flagged.js';
import type { RemoteCall } from './state.js';
import { chosen, nothing, wireDomain } from './wire.js';

const create = flagged('virDomainCreateWithFlags', startFlags);
const createXml = flagged('virDomainCreateXML', startFlags);
const shutdown = flagged('virDomainShutdownFlags', stopMethods);
const reboot = flagged('virDomainReboot', stopMethods);
const destroy = flagged('virDomainDestroyFlags', destroyFlags);
const reset = flagged('virDomainReset', noFlags);
const pmSuspend = flagged('virDomainPMSuspendForDuration', noFlags);
const pmWakeup = flagged('virDomainPMWakeup', noFlags);
const injectNmi = flagged('virDomainInjectNMI', noFlags);
const signal = flagged('virDomainSendProcessSignal', noFlags);
const lifecycleAction = flagged('virDomainSetLifecycleAction', targetFlags);

/** Start, stop, suspend, reset. */
export const domainLifecycleHandlers = {
  domainCreate: async ({ dom }, { state }) => {
    await state.session.domains.start(dom, {}, { function: 'virDomainCreate' });
    return {};
  },
  domainCreateWithFlags: async ({ dom, flags }, { state }) => ({
    dom: wireDomain(await state.session.domains.start(dom, create.options(flags), create.via(flags))),
  }),
  domainCreateXML: async ({ xmlDesc, flags }, { state }) => ({
    dom: wireDomain(
      await state.session.domains.createTransient(xmlDesc, createXml.options(flags), createXml.via(flags)),
    ),
  }),
  domainShutdown: async ({ dom }, { state }) =>
    nothing(state.session.domains.shutdown(dom, {}, { function: 'virDomainShutdown' })),
  domainShutdownFlags: async ({ dom, flags }, { state }) =>
    nothing(state.session.domains.shutdown(dom, viaMethods(shutdown.names(flags)), shutdown.via(flags))),
  domainReboot: async ({ dom, flags }, { state }) =>
    nothing(state.session.domains.reboot(dom, viaMethods(reboot.names(flags)), reboot.via(flags))),
  domainReset: async ({ dom, flags }, { state }) => nothing(state.session.domains.reset(dom, reset.via(flags))),
  domainDestroy: async ({ dom }, { state }) =>
    nothing(state.session.domains.destroy(dom, {}, { function: 'virDomainDestroy' })),
  domainDestroyFlags: async ({ dom, flags }, { state }) =>
    nothing(state.session.domains.destroy(dom, destroy.options(flags), destroy.via(flags))),
  domainSuspend: async ({ dom }, { state }) => nothing(state.session.domains.suspend(dom)),
  domainResume: async ({ dom }, { state }) => nothing(state.session.domains.resume(dom)),
  domainPMSuspendForDuration: async ({ dom, target, duration, flags }, { state }) => {
    const word = chosen(suspendTargets, target, 'target', 'virDomainPMSuspendForDuration');
    return nothing(state.session.domains.pmSuspend(dom, word, duration, pmSuspend.via(flags)));
  },
  domainPMWakeup: async ({ dom, flags }, { state }) =>
    nothing(state.session.domains.pmWakeup(dom, pmWakeup.via(flags))),
  domainInjectNMI: async ({ dom, flags }, { state }) =>
    nothing(state.session.domains.injectNmi(dom, injectNmi.via(flags))),
  domainSendProcessSignal: async ({ dom, pidValue, signum, flags }, { state }) =>
    nothing(state.session.domains.signalProcess(dom, pidValue, signum, signal.via(flags))),
  domainSetLifecycleAction: async ({ dom, type, action, flags }, { state }) => {
    const event = chosen(lifecycleEvents, type, 'type', 'virDomainSetLifecycleAction');
    const word = chosen(lifecycleActions, action, 'action', 'virDomainSetLifecycleAction');
    const { options, via } = lifecycleAction;
    return nothing(state.session.domains.setLifecycleAction(dom, event, word, options(flags), via(flags)));
  },
} satisfies Handlers<typeof remote, RemoteCall>;

const viaMethods = <M>(methods: readonly M[]): { readonly via?: readonly M[] } =>
  methods.length === 0 ? {} : { via: methods };
