import type { DomainEvent, DomainRef, ObjectEvent, ObjectRef } from '@virtkit/core';
import {
  type AnyEventRow,
  type Codec,
  type EventName,
  type MessageHeader,
  type MessageIn,
  messageStatus,
  messageType,
  type Program,
  remote,
  type XdrWriter,
} from '@virtkit/protocol';
import { wireDomain } from '../remote/wire.js';
import { writeMessage } from '../transport/messages.js';

/** How one event a client can register for reaches it. */
interface EventRoute<E, O> {
  /** The kernel's word for it. */
  readonly type: string;
  /** Writes it with the callback's id; false when this event is not one of that sort after all. */
  write(writer: XdrWriter, callbackId: number, object: O, event: E): void;
  /** Writes it without an id, for clients that registered in the old style. */
  readonly writeLegacy?: (writer: XdrWriter, object: O, event: E) => void;
}

export type DomainRoute = EventRoute<DomainEvent, DomainRef>;
export type ObjectRoute = EventRoute<ObjectEvent, ObjectRef>;
type Typed<E, T> = Extract<E, { readonly type: T }>;
type RemoteEvent = EventName<typeof remote>;

/** libvirt sends every event with this serial. */
const EVENT_SERIAL = 1;

/** A writer of messages of one event row. */
export function eventWriter(program: Program, row: AnyEventRow): (writer: XdrWriter, message: unknown) => void {
  const header: MessageHeader = {
    program: program.id,
    version: program.version,
    procedure: row.number,
    type: messageType.event,
    serial: EVENT_SERIAL,
    status: messageStatus.ok,
  };
  // The message is checked against the row where the route is written.
  return (writer, message) => writeMessage(writer, header, row.message.codec() as Codec<unknown>, message);
}

const remoteWriter = (name: RemoteEvent): ((writer: XdrWriter, message: unknown) => void) =>
  eventWriter(remote, remote.rows[name]);

type Body<K extends RemoteEvent, Left extends string> = Omit<MessageIn<typeof remote, K>, Left>;
type Nested<K extends RemoteEvent> = K extends RemoteEvent
  ? Omit<MessageIn<typeof remote, K>, 'callbackID' | 'msg'>
  : never;

/** One of the sixteen events that both styles know: the new message wraps the old one. */
export function bothStyles<T extends DomainEvent['type'], L extends RemoteEvent, C extends RemoteEvent>(
  type: T,
  legacy: L,
  callback: C,
  body: (event: Typed<DomainEvent, T>) => Body<L, 'dom'>,
  extra: (event: Typed<DomainEvent, T>) => Nested<C> = () => ({}) as Nested<C>,
): DomainRoute {
  const writeOld = remoteWriter(legacy);
  const writeNew = remoteWriter(callback);
  return {
    type,
    write: (writer, callbackID, domain, event) => {
      const typed = event as Typed<DomainEvent, T>;
      const msg = { dom: wireDomain(domain), ...body(typed) };
      writeNew(writer, { callbackID, ...extra(typed), msg });
    },
    writeLegacy: (writer, domain, event) =>
      writeOld(writer, { dom: wireDomain(domain), ...body(event as Typed<DomainEvent, T>) }),
  };
}

/** An event of domains that only the new style knows. */
export function newStyle<T extends DomainEvent['type'], C extends RemoteEvent>(
  type: T,
  name: C,
  body: (event: Typed<DomainEvent, T>) => Body<C, 'callbackID' | 'dom'>,
): DomainRoute {
  const write = remoteWriter(name);
  return {
    type,
    write: (writer, callbackID, domain, event) =>
      write(writer, { callbackID, dom: wireDomain(domain), ...body(event as Typed<DomainEvent, T>) }),
  };
}

/** An event libvirt lets clients register for and that never happens here. */
export const never = (type: string): DomainRoute => ({ type, write: () => undefined });

/** An event of a pool, network, node device or secret. */
export function objectEvent<T extends ObjectEvent['type'], C extends RemoteEvent>(
  type: T,
  name: C,
  message: (object: ObjectRef, event: Typed<ObjectEvent, T>) => Body<C, 'callbackID'>,
): ObjectRoute {
  const write = remoteWriter(name);
  return {
    type,
    write: (writer, callbackID, object, event) =>
      write(writer, { callbackID, ...message(object, event as Typed<ObjectEvent, T>) }),
  };
}
