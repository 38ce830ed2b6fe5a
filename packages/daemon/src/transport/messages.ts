import {
  beginMessage,
  type Codec,
  endMessage,
  type MessageHeader,
  messageStatus,
  messageType,
  wireError,
  type WireErrorInput,
  type XdrType,
  XdrWriter,
} from '@virtkit/protocol';

/** The identity of a call, echoed by everything that answers it. */
export type CallIdentity = Pick<MessageHeader, 'program' | 'version' | 'procedure' | 'serial'>;

export function writeEmpty(writer: XdrWriter, header: MessageHeader): void {
  endMessage(writer, beginMessage(writer, header));
}

/** @throws XdrError when the value does not fit its type; the writer is then as before */
export function writeMessage<In>(writer: XdrWriter, header: MessageHeader, codec: Codec<unknown, In>, value: In): void {
  const start = beginMessage(writer, header);
  try {
    codec.write(writer, value);
  } catch (error) {
    writer.truncate(start);
    throw error;
  }
  endMessage(writer, start);
}

export function writeReply<In>(writer: XdrWriter, call: CallIdentity, type: XdrType<unknown, In>, value: In): void {
  writeMessage(writer, reply(call, messageStatus.ok), type.codec(), value);
}

export function writeErrorReply(writer: XdrWriter, call: CallIdentity, error: WireErrorInput): void {
  writeMessage(writer, reply(call, messageStatus.error), wireError.codec(), error);
}

/** An answer that descriptors follow, a byte of its own with each. */
export function replyWithFiles<In>(
  call: CallIdentity,
  type: XdrType<unknown, In>,
  value: In,
  count: number,
): Uint8Array {
  const writer = new XdrWriter(256);
  const start = beginMessage(writer, headerOf(call, messageType.replyWithFds, messageStatus.ok));
  writer.uint(count);
  type.codec().write(writer, value);
  endMessage(writer, start);
  return writer.copy();
}

/** Field by field: this runs for every message, and spreading costs more than all the rest of a header. */
const headerOf = (call: CallIdentity, type: number, status: number): MessageHeader => ({
  program: call.program,
  version: call.version,
  procedure: call.procedure,
  type,
  serial: call.serial,
  status,
});

const reply = (call: CallIdentity, status: number): MessageHeader => headerOf(call, messageType.reply, status);

export const streamHeader = (call: CallIdentity, status: number): MessageHeader =>
  headerOf(call, messageType.stream, status);
