import type { Capabilities } from '@virtkit/schema';
export const hostCapabilities = (uuid: string | undefined): Capabilities => ({ uuid }) as unknown as Capabilities;
