import { has, type Section } from './context.js';
import { pairs } from './option.js';

/** Whether the guest's memory is freed behind the end of its process. */
export const asyncTeardownSection: Section = (context) => {
  const enabled = context.domain.features?.asyncTeardown?.enabled;
  return enabled === undefined || !has(context, 'run-with.async-teardown')
    ? []
    : [pairs('run-with', ['async-teardown', enabled ? 'on' : 'off'])];
};
