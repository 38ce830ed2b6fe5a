import { errorsFrom } from '../../errors/virt-error.js';
import type { Controller, ControllerType } from '../devices/controller.js';
import type { Domain } from '../domain.js';

/** Where a document lists a controller: behind those of its type with the same, a lower or no index, or all where it has none itself, a USB master before its companions. */
export function insertController(domain: Domain, controller: Controller): void {
  const { controllers } = domain.devices;
  const isNumbered = controller.index !== undefined;
  const next = controllers.findIndex(
    (other) => isNumbered && other.type === controller.type && comesAfter(other, controller),
  );
  const last = controllers.findLastIndex((other) => other.type === controller.type);
  const at = next >= 0 ? next : last >= 0 ? last + 1 : controllers.length;
  controllers.splice(at, 0, controller);
}

function comesAfter(other: Controller, controller: Controller): boolean {
  const [theirs, ours] = [other.index ?? -1, controller.index ?? -1];
  return theirs > ours || (theirs === ours && controller.master === undefined && other.master !== undefined);
}

/** Puts a document's controllers where `insertController` would: by type and index. */
export function orderControllers(domain: Domain): void {
  for (const controller of domain.devices.controllers.splice(0)) insertController(domain, controller);
}

/** The controller of a type with that index. */
export const findController = (domain: Domain, type: ControllerType, index: number): Controller | undefined =>
  domain.devices.controllers.find((controller) => controller.type === type && controller.index === index);

/** Adds a controller unless there is one of its type and index. */
export function ensureController(domain: Domain, type: ControllerType, index: number): void {
  if (findController(domain, type, index) === undefined) insertController(domain, { type, index });
}

/** No machine comes near; a greater index is refused before anything is made for each. */
const MOST_CONTROLLERS = 4_096;

/** Adds all controllers of a type up to that index; one that libvirt would read as negative adds none. */
export function ensureControllersUpTo(domain: Domain, type: ControllerType, index: number): void {
  if (index > 0x7fff_ffff) return;
  if (index > MOST_CONTROLLERS)
    throw errorsFrom('DOMAIN')('CONFIG_UNSUPPORTED', `${type} controller index ${index} is over ${MOST_CONTROLLERS}`);
  for (let i = 0; i <= index; i += 1) ensureController(domain, type, i);
}

/** Numbers controllers without index: the lowest free number of their type; a PCI root is 0. */
export function assignControllerIndexes(domain: Domain): void {
  const { controllers } = domain.devices;
  for (const controller of controllers) {
    if (controller.index !== undefined) continue;
    controller.index = isCompanion(controller)
      ? companionIndex(controllers, controller)
      : freeIndex(controllers, controller);
  }
}

const isRoot = ({ model }: Controller): boolean => model === 'pci-root' || model === 'pcie-root';

const isIch9 = (model: string | undefined): boolean => model?.startsWith('ich9-') === true;
const isCompanion = ({ type, model }: Controller): boolean => type === 'usb' && isIch9(model);

/** ICH9's parts share one number: each takes the first set that lacks its model. */
function companionIndex(controllers: readonly Controller[], controller: Controller): number {
  const numbered = controllers.filter(
    ({ type, model, index }) => type === 'usb' && isIch9(model) && index !== undefined,
  );
  const candidates = [...new Set(numbered.map(({ index }) => index as number))].sort((a, b) => a - b);
  const set = candidates.find(
    (index) => !numbered.some((other) => other.index === index && other.model === controller.model),
  );
  return set ?? freeIndex(controllers, controller);
}

function freeIndex(controllers: readonly Controller[], controller: Controller): number {
  if (isRoot(controller)) return 0;
  const used = new Set(controllers.filter(({ type }) => type === controller.type).map(({ index }) => index));
  let index = controller.type === 'pci' && controllers.some((other) => isRoot(other)) ? 1 : 0;
  while (used.has(index)) index += 1;
  return index;
}
