import type { Controller, Domain } from '@virtkit/schema';

/**
 * Puts a controller where documents list it: behind those of its type with a lower or the same index, a USB controller
 * before its companions; a new type at the end.
 */
export function insertController(domain: Domain, controller: Controller): void {
  const { controllers } = domain.devices;
  const next = controllers.findIndex((other) => other.type === controller.type && comesAfter(other, controller));
  const last = controllers.findLastIndex((other) => other.type === controller.type);
  const at = next >= 0 ? next : last >= 0 ? last + 1 : controllers.length;
  controllers.splice(at, 0, controller);
}

const comesAfter = (other: Controller, controller: Controller): boolean => {
  const [theirs, ours] = [other.index ?? 0, controller.index ?? 0];
  return theirs > ours || (theirs === ours && controller.master === undefined && other.master !== undefined);
};

export const findController = (domain: Domain, type: Controller['type'], index: number): Controller | undefined =>
  domain.devices.controllers.find((controller) => controller.type === type && (controller.index ?? 0) === index);

/** Adds a controller unless there is one of its type and index. */
export function ensureController(domain: Domain, controller: Controller): void {
  if (findController(domain, controller.type, controller.index ?? 0) === undefined)
    insertController(domain, controller);
}
