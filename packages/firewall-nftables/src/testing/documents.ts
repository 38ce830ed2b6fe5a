import { type Network, network } from '@virtkit/schema';
import { parseElement } from '@virtkit/xml';

export const networkOf = (xml: string): Network => parseElement(network, xml);

/** A network with addresses of its own, told apart by a number. */
export const natNetwork = (name: string, number: number, uuid: string): string => `<network>
  <name>${name}</name>
  <uuid>${uuid}</uuid>
  <forward mode='nat'/>
  <bridge name='vkt${number}' stp='off'/>
  <ip address='10.99.${number}.1' netmask='255.255.255.0'>
    <dhcp>
      <range start='10.99.${number}.100' end='10.99.${number}.200'/>
      <host mac='52:54:00:99:00:01' name='fixed' ip='10.99.${number}.50'/>
    </dhcp>
  </ip>
</network>`;
