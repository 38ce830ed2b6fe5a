import { type HiddenRow, type Row, virtual } from '@virtkit/xml';

/** Reads a row before those written ahead of it: what it refuses is refused first. */
export const checkFirst = (key: string, row: Row): HiddenRow =>
  virtual({ read: (node, _target, context) => row.bind(key).read?.(node, {}, context) });
