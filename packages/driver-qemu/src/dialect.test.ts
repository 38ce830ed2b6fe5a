import { describe, expect, test } from 'vitest';
import { definitionOf, guest, testFacts, textOfDefinition } from '../test/definition-of.js';

const code = (text: string, facts = testFacts()): number | undefined => {
  try {
    definitionOf(text, facts);
    return undefined;
  } catch (error) {
    return (error as { code: number }).code;
  }
};

const controllersOf = (text: string): readonly string[] =>
  definitionOf(text).devices.controllers.map(({ type, index, model }) => `${type}${index} ${model ?? ''}`.trim());

describe('completion', () => {
  test('a guest on i440fx gets its chipset and no ports', () => {
    expect(controllersOf(guest('pc', ''))).toEqual(['usb0 piix3-uhci', 'pci0 pci-root']);
  });

  test('a guest on q35 gets a port for each Express device and one to spare', () => {
    const ports = controllersOf(guest('q35', "<interface type='user'><model type='virtio'/></interface>"));
    expect(ports).toContain('pci0 pcie-root');
    expect(ports.filter((text) => text.endsWith('pcie-root-port')).length).toBeGreaterThanOrEqual(2);
  });

  test('the alias of a machine is resolved', () => {
    expect(definitionOf(guest('q35', '')).os.type.machine).toBe('pc-q35-10.0');
  });

  test('a disk without driver is a raw image of QEMU', () => {
    const [disk] = definitionOf(guest('pc', "<disk><source file='/a'/><target dev='vda' bus='virtio'/></disk>")).devices
      .disks;
    expect(disk?.driver).toMatchObject({ name: 'qemu', type: 'raw' });
    expect(disk?.address?.type).toBe('pci');
  });

  test('devices on PCI get different places', () => {
    const nic = "<interface type='user'/>";
    const { devices } = definitionOf(guest('pc', nic.repeat(5)));
    const places = devices.interfaces.map(({ address }) => JSON.stringify(address));
    expect(new Set(places).size).toBe(5);
  });

  test('more conventional devices than one bus holds bring a bridge', () => {
    const added = controllersOf(guest('pc', "<interface type='user'/>".repeat(40)));
    expect(added).toContain('pci1 pci-bridge');
  });

  test.each(['pc', 'q35'])('what is written for %s is read as the same', (machine) => {
    const devices = `<disk device='cdrom'><target dev='sda' bus='sata'/></disk><interface type='user'><model type='virtio'/></interface>
      <graphics type='vnc'/><sound model='ich9'/><channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0'/></channel>
      <rng model='virtio'><backend model='random'/></rng>`;
    const once = textOfDefinition(definitionOf(guest(machine, devices)));
    expect(textOfDefinition(definitionOf(once))).toBe(once);
    expect(textOfDefinition(definitionOf(once, testFacts(false)))).toBe(once);
  });
});

describe('checks', () => {
  test.each([
    ['two devices at one PCI address', "<interface type='user'><address type='pci' slot='4'/></interface>".repeat(2)],
    [
      'a PCI bus that does not exist after all',
      "<interface type='user'><address type='pci' bus='9' slot='1' domain='1'/></interface>",
    ],
  ])('%s are refused as wrong XML', (_, devices) => {
    expect(code(guest('pc', devices))).toBe(27);
  });

  test.each([
    ['a q35 watchdog on i440fx', 'pc', "<watchdog model='itco'/>"],
    ['an IOMMU of q35 on i440fx', 'pc', "<iommu model='intel'/>"],
    ['a virtio IOMMU without ACPI', 'q35', "<iommu model='virtio'/>"],
  ])('%s is unsupported', (_, machine, devices) => {
    expect(code(guest(machine, devices))).toBe(67);
  });

  test('slots for memory need NUMA cells, which new guests are given', () => {
    const text = guest('pc', '', "<maxMemory slots='2'>2097152</maxMemory>");
    expect(code(text, testFacts(false))).toBe(67);
    expect(code(text)).toBeUndefined();
  });

  test('a virtio IOMMU belongs to the root bus', () => {
    const domain = definitionOf(guest('q35', "<iommu model='virtio'/>", '<features><acpi/></features>'));
    expect(domain.devices.iommu?.address).toMatchObject({ type: 'pci', bus: 0 });
  });

  test.each([256, 65_534, 4_294_967_295])('a PCI controller %i is refused before any bus is made', (index) => {
    const before = process.cpuUsage();
    expect(code(guest('pc', `<controller type='pci' index='${index}' model='pci-bridge'/>`))).toBeDefined();
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(1_000);
  });
});
