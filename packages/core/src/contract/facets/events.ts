import type { DomainRef, ObjectRef } from '../references.js';

/** Lifecycle words are libvirt's (`started`/`booted`, `stopped`/`destroyed`); the protocol's tables give the numbers. */
export type DomainEvent =
  | { readonly type: 'lifecycle'; readonly event: string; readonly detail: string }
  | { readonly type: 'reboot' }
  | { readonly type: 'rtcChange'; readonly offsetSeconds: bigint }
  | { readonly type: 'watchdog'; readonly action: string }
  | {
      readonly type: 'ioError';
      readonly path: string;
      readonly alias: string;
      readonly action: string;
      readonly reason: string;
    }
  | {
      readonly type: 'graphics';
      readonly phase: number;
      readonly local: GraphicsPeer;
      readonly remote: GraphicsPeer;
      readonly authScheme: string;
      readonly subjects: readonly { readonly type: string; readonly name: string }[];
    }
  | {
      readonly type: 'blockJob';
      readonly path: string;
      readonly target: string;
      readonly jobType: number;
      readonly status: number;
    }
  | {
      readonly type: 'diskChange';
      readonly oldSource?: string;
      readonly newSource?: string;
      readonly alias: string;
      readonly reason: string;
    }
  | { readonly type: 'trayChange'; readonly alias: string; readonly reason: 'open' | 'close' }
  | { readonly type: 'pmWakeup' | 'pmSuspend' | 'pmSuspendDisk'; readonly reason: number }
  | { readonly type: 'balloonChange'; readonly actualKiB: bigint }
  | { readonly type: 'deviceAdded' | 'deviceRemoved' | 'deviceRemovalFailed'; readonly alias: string }
  | {
      readonly type: 'agentLifecycle';
      readonly state: 'connected' | 'disconnected';
      readonly reason: 'unknown' | 'domain-started' | 'channel';
    }
  | { readonly type: 'tunable'; readonly values: ReadonlyMap<string, number | bigint | string> }
  | { readonly type: 'migrationIteration'; readonly iteration: number }
  | { readonly type: 'jobCompleted'; readonly values: ReadonlyMap<string, number | bigint | string | boolean> }
  | { readonly type: 'metadataChange'; readonly kind: 'description' | 'title' | 'element'; readonly uri?: string }
  | {
      readonly type: 'blockThreshold';
      readonly device: string;
      readonly path?: string;
      readonly threshold: bigint;
      readonly excess: bigint;
    }
  | { readonly type: 'memoryFailure'; readonly recipient: number; readonly action: number; readonly flags: number }
  | { readonly type: 'memoryDeviceSizeChange'; readonly alias: string; readonly size: bigint }
  | { readonly type: 'nicMacChange'; readonly alias: string; readonly oldMac: string; readonly newMac: string };
export interface GraphicsPeer {
  readonly family: 'ipv4' | 'ipv6' | 'unix';
  readonly node: string;
  readonly service: string;
}

/** Of a pool, network, node device or secret. */
export type ObjectEvent =
  | { readonly type: 'lifecycle'; readonly event: string; readonly detail?: string }
  | { readonly type: 'refresh' | 'update' | 'valueChanged' }
  | { readonly type: 'metadataChange'; readonly kind: 'description' | 'title' | 'element'; readonly uri?: string };
export type EventedKind = 'storagePool' | 'network' | 'nodeDevice' | 'secret';

/** Emitting never blocks and never throws: the kernel queues per subscriber. */
export interface EventSink {
  domain(domain: DomainRef, event: DomainEvent): void;
  object(kind: EventedKind, object: ObjectRef, event: ObjectEvent): void;
  /** The source lost its place: subscribers are told, caches dropped. */
  lost(reason: string): void;
}
/** Started with the first subscriber, aborted with the last. Stateful drivers emit through `context.events` at any time instead. */
export interface EventsFacet {
  watch(sink: EventSink, signal: AbortSignal): Promise<void>;
}
