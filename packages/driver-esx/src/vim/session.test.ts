import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { retrieve } from './property-collector.js';
import { VimSession } from './session.js';

const signal = new AbortController().signal;
const envelope = (inner: string): string =>
  `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><s:Body>${inner}</s:Body></s:Envelope>`;
const content =
  '<RetrieveServiceContentResponse><returnval><rootFolder type="Folder">root</rootFolder><propertyCollector type="PropertyCollector">pc</propertyCollector><sessionManager type="SessionManager">sm</sessionManager><about><version>7.0.1</version><apiType>HostAgent</apiType><apiVersion>7.0</apiVersion></about></returnval></RetrieveServiceContentResponse>';
const object = (name: string): string =>
  `<objects><obj type="VirtualMachine">vm-${name}</obj><propSet><name>name</name><val xsi:type="xsd:string">${name}</val></propSet></objects>`;
const fault = (kind: string): string =>
  `<s:Fault><faultcode>x</faultcode><faultstring>no</faultstring><detail><${kind}Fault/></detail></s:Fault>`;

type Reply = (method: string, body: string, cookie: string | undefined) => string | undefined;

/** A server that answers as `reply` says; undefined answers are the usual ones. */
async function serve(reply: Reply) {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const method = /<s(?:oapenv)?:Body><(\w+)/.exec(body)?.[1] ?? '';
      seen.push(method);
      const answer =
        reply(method, body, request.headers.cookie) ??
        (method === 'RetrieveServiceContent' ? content : `<${method}Response/>`);
      if (method === 'Login') response.setHeader('Set-Cookie', `vmware_soap_session=s${seen.length}; Path=/; HttpOnly`);
      response.statusCode = answer.startsWith('<s:Fault') ? 500 : 200;
      response.end(envelope(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const session = new VimSession(
    { host: '127.0.0.1', port, transport: 'http', noVerify: false },
    { user: 'u', password: 'p&<' },
  );
  const close = async (): Promise<void> => {
    await session.close();
    await new Promise((resolve) => server.close(resolve));
  };
  return { session, seen, [Symbol.asyncDispose]: close };
}

const selection = { start: { type: 'HostSystem', id: 'h' }, type: 'VirtualMachine', properties: ['name'] };

describe('a session', () => {
  it('keeps its cookie and escapes what it sends', async () => {
    const bodies: string[] = [];
    await using bed = await serve((method, body, cookie) => {
      bodies.push(`${method} ${cookie ?? '-'}`);
      if (method === 'Login') expect(body).toContain('<password>p&amp;&lt;</password>');
      return undefined;
    });
    await bed.session.open({ signal });
    await bed.session.call('Something', { type: 'X', id: 'x' }, [], { signal });
    expect(bodies).toEqual(['RetrieveServiceContent -', 'Login -', 'Something vmware_soap_session=s2']);
  });

  it('logs in again when a read says that it ended, and repeats the read', async () => {
    let ended = true;
    await using bed = await serve((method) => {
      if (method !== 'RetrievePropertiesEx') return undefined;
      const missing = '<missingSet><path>name</path><fault><fault xsi:type="NotAuthenticated"/></fault></missingSet>';
      const objects = ended ? `<objects><obj type="VirtualMachine">vm-1</obj>${missing}</objects>` : object('a');
      ended = false;
      return `<RetrievePropertiesExResponse><returnval>${objects}</returnval></RetrievePropertiesExResponse>`;
    });
    await bed.session.open({ signal });
    const found = await retrieve(bed.session, selection, { signal });
    expect(found.map(({ object: { id } }) => id)).toEqual(['vm-a']);
    expect(bed.seen).toEqual([
      'RetrieveServiceContent',
      'Login',
      'RetrievePropertiesEx',
      'Login',
      'RetrievePropertiesEx',
    ]);
  });

  it('logs in once for many calls that found it ended', async () => {
    const ended = new Set<string>();
    await using bed = await serve((method, _body, cookie) => {
      if (method !== 'Do' || (cookie ?? '') !== 'vmware_soap_session=s2') return undefined;
      ended.add(cookie ?? '');
      return fault('NotAuthenticated');
    });
    await bed.session.open({ signal });
    const self = { type: 'X', id: 'x' };
    await Promise.all([1, 2, 3].map(() => bed.session.call('Do', self, [], { signal })));
    expect(bed.seen.filter((method) => method === 'Login')).toHaveLength(2);
  });

  it('that cannot be renewed says so', async () => {
    let logins = 0;
    await using bed = await serve((method) => {
      if (method === 'Login') return (logins += 1) > 1 ? fault('InvalidLogin') : undefined;
      return method === 'Do' ? fault('NotAuthenticated') : undefined;
    });
    await bed.session.open({ signal });
    await expect(bed.session.call('Do', { type: 'X', id: 'x' }, [], { signal })).rejects.toThrow(
      expect.objectContaining({
        code: 45,
        message: expect.stringContaining("the session on '127.0.0.1' ended and could not be renewed") as string,
      }),
    );
  });

  it('follows the pages of a long answer', async () => {
    await using bed = await serve((method, body) => {
      if (method === 'RetrievePropertiesEx')
        return `<RetrievePropertiesExResponse><returnval><token>1</token>${object('a')}</returnval></RetrievePropertiesExResponse>`;
      if (method !== 'ContinueRetrievePropertiesEx') return undefined;
      expect(body).toContain('<token>1</token>');
      return `<ContinueRetrievePropertiesExResponse><returnval>${object('b')}</returnval></ContinueRetrievePropertiesExResponse>`;
    });
    await bed.session.open({ signal });
    const found = await retrieve(bed.session, selection, { signal });
    expect(found.map(({ properties }) => properties.get('name')?.text)).toEqual(['a', 'b']);
  });

  it('ends a call that is not wanted any more', async () => {
    const stop = new AbortController();
    await using bed = await serve((method) => {
      if (method === 'Slow') stop.abort();
      return undefined;
    });
    await bed.session.open({ signal });
    await expect(bed.session.call('Slow', { type: 'X', id: 'x' }, [], { signal: stop.signal })).rejects.toThrow(
      'abort',
    );
  });
});
