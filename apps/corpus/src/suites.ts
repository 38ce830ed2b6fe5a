import type { RunCase } from './manifest.js';

type Load = () => Promise<{ readonly run: RunCase }>;

/** Every suite there is a runner for; a runner is loaded with its first case. */
export const suites: Readonly<Record<string, Load>> = {
  genericxml2xml: () => import('./suites/genericxml2xml.js'),
  bandwidth: () => import('./suites/bandwidth.js'),
  hostcaps: () => import('./suites/hostcaps.js'),
  hostcpu: () => import('./suites/hostcpu.js'),
  networkportxml2xml: () => import('./suites/networkportxml2xml.js'),
  networkxml2conf: () => import('./suites/networkxml2conf.js'),
  networkxml2firewall: () => import('./suites/networkxml2firewall.js'),
  networkxml2xml: () => import('./suites/networkxml2xml.js'),
  networkxml2xmlupdate: () => import('./suites/networkxml2xmlupdate.js'),
  sysinfo: () => import('./suites/sysinfo.js'),
  cpu: () => import('./suites/cpu.js'),
  domaincaps: () => import('./suites/domaincaps.js'),
  qemucaps2xml: () => import('./suites/qemucaps2xml.js'),
  qemuxmlconf: () => import('./suites/qemuxmlconf.js'),
  jsondeflatten: () => import('./suites/jsondeflatten.js'),
  qemucapabilities: () => import('./suites/qemucapabilities.js'),
  qemufirmware: () => import('./suites/qemufirmware.js'),
  uri: () => import('./suites/uri.js'),
  qemucommandutil: () => import('./suites/qemucommandutil.js'),
  storagepoolxml2xml: () => import('./suites/storagepoolxml2xml.js'),
  storagevolxml2xml: () => import('./suites/storagevolxml2xml.js'),
  storagevolxml2argv: () => import('./suites/storagevolxml2argv.js'),
  esxutils: () => import('./suites/esxutils.js'),
  vmwarever: () => import('./suites/vmwarever.js'),
  schema: () => import('./suites/schema.js'),
  storagesource: () => import('./suites/storagesource.js'),
  storagepoolcaps: () => import('./suites/storagepoolcaps.js'),
  storagepoolxml2argv: () => import('./suites/storagepoolxml2argv.js'),
};
