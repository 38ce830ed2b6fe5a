import type { TlsSettings } from './config.js';
import type { CommandContext } from './context.js';
import type { JsonObject } from './json.js';
import { object, type QemuOption } from './option.js';

/** A secret of the guest's, enciphered with its master key (`object-add`); undefined where there is none. */
export function secretProperties(id: string, { resources }: Pick<CommandContext, 'resources'>): JsonObject | undefined {
  const secret = resources.secret(id);
  return (
    secret && { 'qom-type': 'secret', id, data: secret.data, keyid: 'masterKey0', iv: secret.iv, format: 'base64' }
  );
}

export interface TlsRequest {
  readonly id: string;
  readonly isServer: boolean;
  readonly verifyPeer: boolean;
  /** Id of the secret that opens the private key. */
  readonly passwordId?: string | undefined;
}

/** Certificates for one connection: the secret of the key, then the credentials. */
export function tlsOptions(request: TlsRequest, settings: TlsSettings, context: CommandContext): readonly QemuOption[] {
  const secret = request.passwordId && secretProperties(request.passwordId, context);
  return [
    ...(secret ? [object(secret)] : []),
    object({
      'qom-type': 'tls-creds-x509',
      id: request.id,
      dir: settings.directory,
      endpoint: request.isServer ? 'server' : 'client',
      'verify-peer': request.isServer ? request.verifyPeer : true,
      passwordid: request.passwordId,
    }),
  ];
}
