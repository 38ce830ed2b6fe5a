import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { AnyCallRow, AnyEventRow, Program, ScalarKind, Shape } from '../src/index.js';

/** The description of libvirt's wire protocol that the tables are held against, where it is present. */
export interface Reference {
  readonly programs: Readonly<Record<string, ReferenceProgram>>;
  readonly typedParamTags: Readonly<Record<string, number>>;
}
export interface ReferenceProgram {
  readonly program: number;
  readonly version: number;
  readonly types: Readonly<Record<string, ReferenceType>>;
  readonly procedures: readonly ReferenceProcedure[];
}
export type ReferenceTypes = Pick<ReferenceProgram, 'types'>;
export interface ReferenceProcedure {
  readonly number: number;
  readonly name: string;
  readonly args: string | null;
  readonly ret: string | null;
  readonly msg?: string;
  readonly event: boolean;
  readonly priority?: 'high' | 'low';
  readonly needAuth?: boolean;
  readonly stream?: { readonly direction: string; readonly sparseFlagValue?: number } | null;
  readonly fds?: { readonly in: boolean; readonly out: boolean };
  readonly acl?: readonly ReferenceAcl[];
  readonly aclFilter?: readonly ReferenceAcl[];
  readonly source?: { readonly class: string; readonly eventId?: number; readonly legacy?: boolean };
  readonly api?: string | null;
}
export interface ReferenceAcl {
  readonly object: string;
  readonly permission: string;
  readonly flagsMask?: number;
  readonly appliesWhen?: string;
  readonly param?: string;
  readonly paramNumber?: number;
}
interface ReferenceField {
  readonly name: string;
  readonly type: string;
  readonly optional?: boolean;
  readonly array?: 'variable' | 'fixed';
  readonly size?: number;
  readonly max?: number;
}
type ReferenceType =
  | { readonly kind: 'struct'; readonly fields: readonly ReferenceField[] }
  | ({ readonly kind: 'typedef' } & ReferenceField)
  | { readonly kind: 'enum' }
  | { readonly kind: 'union'; readonly cases: readonly { readonly value: number; readonly field: ReferenceField }[] };

const folder =
  process.env['VIRTKIT_REFERENCE'] ?? fileURLToPath(new URL('../../../../shared/reference', import.meta.url));

/** @returns a parsed file of the reference folder, `undefined` where there is none */
export function loadReference<T>(file: string): T | undefined {
  const path = `${folder}/${file}`;
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as T) : undefined;
}

const scalars: ReadonlySet<string> = new Set<ScalarKind>([
  'int',
  'unsigned int',
  'hyper',
  'unsigned hyper',
  'short',
  'unsigned short',
  'char',
  'unsigned char',
  'double',
]);

/** `need_results` → `needResults`, as rows name their fields. */
export const camel = (name: string): string => name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());

/** Writes the reference's type of that name out in full, in the form rows describe themselves. */
export function shapeOf(program: ReferenceTypes, name: string | null | undefined): Shape {
  if (!name) return { kind: 'struct', fields: [] };
  if (scalars.has(name)) return { kind: name as ScalarKind };
  const type = program.types[name];
  if (type === undefined) throw new Error(`the reference has no type ${name}`);
  if (type.kind === 'enum') return { kind: 'int' };
  if (type.kind === 'typedef') return fieldShape(program, type);
  if (type.kind === 'union')
    return { kind: 'union', cases: type.cases.map((c) => [c.value, fieldShape(program, c.field)]) };
  return { kind: 'struct', fields: type.fields.map((field) => [camel(field.name), fieldShape(program, field)]) };
}

function fieldShape(program: ReferenceTypes, field: ReferenceField): Shape {
  const declared = arrayShape(program, field);
  return field.optional ? { kind: 'optional', of: declared } : declared;
}

function arrayShape(program: ReferenceTypes, field: ReferenceField): Shape {
  const { type, array, size = 0, max = 0 } = field;
  if (type === 'string') return { kind: 'string', max };
  if (type === 'opaque') return array === 'fixed' ? { kind: 'opaque', size } : { kind: 'opaque', max };
  const of = shapeOf(program, type);
  if (array === undefined) return of;
  return array === 'fixed' ? { kind: 'array', of, size } : { kind: 'array', of, max };
}

/** Every row of a program with its name. */
export function rowsOf(program: Program): readonly (readonly [string, AnyCallRow | AnyEventRow])[] {
  return Object.entries(program.rows);
}
