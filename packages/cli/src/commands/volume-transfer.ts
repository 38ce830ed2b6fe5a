import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import type { Connection } from '@virtkit/client';
import { remote as program, sparseFlags } from '@virtkit/protocol';
import { attempt } from '../attempt.js';
import { type OptionRow, text, type Values } from '../command.js';
import type { Context } from '../context.js';
import { flagSet } from '../flag-set.js';
import type { Output } from '../output.js';
import { Progress } from '../progress.js';
import { bytesOf } from '../scaled.js';
import { inPool, theVolume, volOption } from './volume-lookup.js';

const transferring = flagSet(sparseFlags, [['sparse', 'sparse', 'preserve sparseness of volume']]);

export const transferOptions: readonly OptionRow[] = [
  volOption,
  text('file', 'file', { required: true, completes: 'file' }),
  inPool,
  text('offset', 'volume offset'),
  text('length', 'amount of data'),
  ...transferring.options,
];

const range = (values: Values): { readonly offset: bigint; readonly length: bigint; readonly flags: number } => ({
  offset: bytesOf('offset', values.optional('offset') ?? '0'),
  length: bytesOf('length', values.optional('length') ?? '0'),
  flags: transferring.bits(values),
});

type Stream = Awaited<ReturnType<Connection['openStream']>>['stream'];

/** Writes what comes; a hole is left out, which makes one in the file. */
async function receive(stream: Stream, path: string, progress: Progress): Promise<void> {
  await using file = await open(path, 'w');
  let at = 0;
  for await (const piece of stream.pieces()) {
    if ('hole' in piece) at += Number(piece.hole);
    else await file.write(piece, 0, piece.length, at).then(() => (at += piece.length));
    progress.add('hole' in piece ? Number(piece.hole) : piece.length);
  }
  await file.truncate(at);
}

/** A volume's content into a file. */
export async function download(context: Context, values: Values): Promise<Output> {
  const vol = await theVolume(context, values);
  const connection = await context.connection();
  const file = values.text('file');
  const { stream } = await attempt(`cannot download from volume ${vol.name}`, () =>
    connection.openStream(program, 'storageVolDownload', { vol, ...range(values) }),
  );
  const { capacity } = await connection.remote.storageVolGetInfo({ vol });
  const progress = new Progress(vol.name, capacity);
  await attempt(`cannot receive data from volume ${vol.name}`, () => receive(stream, file, progress));
  await attempt(`cannot close volume ${vol.name}`, () => stream.finish());
  progress.end();
  return { text: '', data: { file } };
}

const isZero = (chunk: Buffer): boolean => chunk.every((byte) => byte === 0);

/** Sends a file; with `sparse`, runs of zeros as holes. */
async function send(stream: Stream, path: string, sparse: boolean, progress: Progress): Promise<void> {
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    await (sparse && isZero(chunk) ? stream.writeHole(BigInt(chunk.length)) : stream.write(chunk));
    progress.add(chunk.length);
  }
}

/** A file into a volume. */
export async function upload(context: Context, values: Values): Promise<Output> {
  const vol = await theVolume(context, values);
  const connection = await context.connection();
  const file = values.text('file');
  const { size } = await attempt(`cannot read ${file}`, () => stat(file));
  const { stream } = await attempt(`cannot upload to volume ${vol.name}`, () =>
    connection.openStream(program, 'storageVolUpload', { vol, ...range(values) }),
  );
  const progress = new Progress(vol.name, BigInt(size));
  await attempt(`cannot send data to volume ${vol.name}`, () => send(stream, file, values.flag('sparse'), progress));
  await attempt(`cannot close volume ${vol.name}`, () => stream.finish());
  progress.end();
  return { text: '', data: { vol: vol.name } };
}
