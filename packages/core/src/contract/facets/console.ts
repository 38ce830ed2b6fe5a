import type { ByteDuplex, ByteSource, OpenFile } from '../bytes.js';
import type { Call } from '../call.js';
import type { DomainRef } from '../references.js';

/** Screens, keyboards, consoles and channels of a running guest. */
export interface ConsoleFacet {
  /** `device` is an alias; absent: the first console. @libvirt virDomainOpenConsole */
  open?(
    domain: DomainRef,
    device: string | undefined,
    options: { readonly force?: boolean; readonly safe?: boolean },
    call: Call,
  ): Promise<ByteDuplex>;
  openChannel?(
    domain: DomainRef,
    channel: string | undefined,
    options: { readonly force?: boolean },
    call: Call,
  ): Promise<ByteDuplex>;
  openGraphics?(
    domain: DomainRef,
    index: number,
    file: OpenFile,
    options: { readonly skipAuth?: boolean },
    call: Call,
  ): Promise<void>;
  /** A socket the caller owns from then on. @libvirt virDomainOpenGraphicsFD */
  openGraphicsFd?(
    domain: DomainRef,
    index: number,
    options: { readonly skipAuth?: boolean },
    call: Call,
  ): Promise<OpenFile>;
  screenshot?(
    domain: DomainRef,
    screen: number,
    call: Call,
  ): Promise<{ readonly mimeType: string; readonly source: ByteSource }>;
  /** `holdMs`: how long the keys stay down. @libvirt virDomainSendKey */
  sendKey?(domain: DomainRef, codeset: number, holdMs: number, keys: readonly number[], call: Call): Promise<void>;
  /** Reloads certificates of a display. @libvirt virDomainGraphicsReload */
  reloadGraphics?(domain: DomainRef, type: 'any' | 'vnc', call: Call): Promise<void>;
}

/** What only this hypervisor has: its monitor, its own configuration format, foreign processes. */
export interface NativeFacet {
  monitorCommand?(domain: DomainRef, command: string, options: { readonly hmp?: boolean }, call: Call): Promise<string>;
  monitorCommandWithFiles?(
    domain: DomainRef,
    command: string,
    files: readonly OpenFile[],
    options: { readonly hmp?: boolean },
    call: Call,
  ): Promise<{ readonly result: string; readonly files: readonly OpenFile[] }>;
  attachProcess?(pid: number, call: Call): Promise<DomainRef>;
  agentCommand?(domain: DomainRef, command: string, timeoutSeconds: number, call: Call): Promise<string>;
  /** Pure: creates nothing and runs nothing. @libvirt virConnectDomainXMLToNative */
  toNative?(format: string, xml: string, call: Call): Promise<string>;
  fromNative?(format: string, config: string, call: Call): Promise<string>;
  /** @libvirt virDomainLxcOpenNamespace */
  openNamespaces?(domain: DomainRef, call: Call): Promise<readonly OpenFile[]>;
  /** Monitor events with the pattern already applied. @libvirt virConnectDomainQemuMonitorEventRegister */
  watchMonitor?(domain: DomainRef | undefined, sink: (event: MonitorEvent) => void): Disposable;
}
export interface MonitorEvent {
  readonly domain: DomainRef;
  readonly event: string;
  readonly seconds: bigint;
  readonly micros: number;
  readonly details?: string;
}
