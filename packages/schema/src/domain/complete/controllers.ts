import { errorsFrom } from '../../errors/virt-error.js';
import type { Controller, ControllerType } from '../devices/controller.js';
import type { Domain } from '../domain.js';

const unsupported = (text: string): Error => errorsFrom('DOMAIN')('CONFIG_UNSUPPORTED', text);

/** No machine comes near; more, or a greater index, is refused before anything is made for each. */
const MOST_CONTROLLERS = 4_096;

/** Where a document lists a controller: behind those of its type with the same, a lower or no index, or all where it has none itself, a USB master before its companions. */
export function insertController(domain: Domain, controller: Controller): void {
  const { controllers } = domain.devices;
  if (controllers.length >= MOST_CONTROLLERS) throw unsupported(`more than ${MOST_CONTROLLERS} controllers`);
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

/** Whether libvirt, which keeps indexes in a signed number, reads this one as negative. */
export const isNegative = (index: number): boolean => index > 0x7fff_ffff;

/** Adds all controllers of a type up to that index; one that libvirt would read as negative adds none. */
export function ensureControllersUpTo(domain: Domain, type: ControllerType, index: number): void {
  if (isNegative(index)) return;
  if (index > MOST_CONTROLLERS) throw unsupported(`${type} controller index ${index} is over ${MOST_CONTROLLERS}`);
  for (let i = 0; i <= index; i += 1) ensureController(domain, type, i);
}

/** Numbers controllers without index: the lowest free number of their type; a PCI root is 0. */
export function assignControllerIndexes(domain: Domain): void {
  const { controllers } = domain.devices;
  const indexes = new FreeIndexes(controllers);
  for (const controller of controllers) {
    if (controller.index !== undefined) continue;
    controller.index =
      (isCompanion(controller) ? companionIndex(controllers, controller) : undefined) ?? indexes.next(controller);
  }
}

const isRoot = ({ model }: Controller): boolean => model === 'pci-root' || model === 'pcie-root';

const isIch9 = (model: string | undefined): boolean => model?.startsWith('ich9-') === true;
const isCompanion = ({ type, model }: Controller): boolean => type === 'usb' && isIch9(model);

/** ICH9's parts share one number: each takes the first set that lacks its model. */
function companionIndex(controllers: readonly Controller[], controller: Controller): number | undefined {
  const numbered = controllers.filter(
    ({ type, model, index }) => type === 'usb' && isIch9(model) && index !== undefined,
  );
  const candidates = [...new Set(numbered.map(({ index }) => index as number))].sort((a, b) => a - b);
  return candidates.find(
    (index) => !numbered.some((other) => other.index === index && other.model === controller.model),
  );
}

/** Numbers of controllers that are free, by type. */
class FreeIndexes {
  readonly #used = new Map<ControllerType, Set<number>>();
  /** Below these nothing is free. */
  readonly #from = new Map<ControllerType, number>();

  constructor(controllers: readonly Controller[]) {
    if (controllers.some(isRoot)) this.#from.set('pci', 1);
    for (const { type, index } of controllers) if (index !== undefined) this.#usedBy(type).add(index);
  }

  /** The lowest free one, which is taken now. */
  next(controller: Controller): number {
    if (isRoot(controller)) return 0;
    const { type } = controller;
    const used = this.#usedBy(type);
    let index = this.#from.get(type) ?? 0;
    while (used.has(index)) index += 1;
    used.add(index);
    this.#from.set(type, index + 1);
    return index;
  }

  #usedBy(type: ControllerType): Set<number> {
    const used = this.#used.get(type) ?? new Set();
    this.#used.set(type, used);
    return used;
  }
}
