import type { Connection, Domain, DomainHandle } from '@virtkit/client';
import type { Values } from './command.js';
import type { Context } from './context.js';

/** What nearly every verb of a domain works with. */
export interface ChosenDomain {
  readonly domain: Domain;
  readonly dom: DomainHandle;
  readonly remote: Connection['remote'];
}

/** The domain of the option `domain`. */
export async function chosenDomain(context: Context, values: Values): Promise<ChosenDomain> {
  const domain = await context.domain(values.text('domain'));
  return { domain, dom: domain.handle, remote: (await context.connection()).remote };
}
