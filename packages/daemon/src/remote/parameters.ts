import { parameterType, type TypedParameter, type TypedParameterInput } from '@virtkit/protocol';

export type ParameterValue = number | bigint | string | boolean;

/** Values by libvirt's names as typed parameters, each in the type clients expect under that name. */
export function typedParameters(values: ReadonlyMap<string, ParameterValue>): TypedParameterInput[] {
  const parameters: TypedParameterInput[] = [];
  for (const [field, value] of values) parameters.push(typedParameter(field, value));
  return parameters;
}

function typedParameter(field: string, value: ParameterValue): TypedParameterInput {
  if (typeof value === 'string') return { field, type: 'string', value };
  if (typeof value === 'boolean') return { field, type: 'boolean', value };
  const type = parameterType(field) ?? (typeof value === 'bigint' ? 'ullong' : 'uint');
  if (type === 'llong' || type === 'ullong') return { field, type, value: BigInt(value) };
  if (type === 'boolean') return { field, type, value: Number(value) !== 0 };
  if (type === 'string') return { field, type, value: String(value) };
  return { field, type, value: Number(value) };
}

/** What a client set, by name. A later value of the same name wins. */
export function parametersFrom(parameters: readonly TypedParameter[]): ReadonlyMap<string, ParameterValue> {
  return new Map(parameters.map(({ field, value }) => [field, value]));
}
