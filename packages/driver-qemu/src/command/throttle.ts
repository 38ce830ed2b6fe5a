import type { Iotune } from '@virtkit/schema';
import type { Section } from './context.js';
import type { JsonObject } from './json.js';
import { object } from './option.js';

/** Limits that several disks share. */
export const throttleSection: Section = ({ domain }) =>
  (domain.throttlegroups ?? []).map((group) =>
    object({ 'qom-type': 'throttle-group', id: `throttle-${group.groupName}`, limits: throttleLimits(group) }),
  );

/** Limits as QEMU's throttle groups take them. */
const throttleLimits = (limits: Iotune): JsonObject => ({
  'bps-total': limits.totalBytesSec ?? 0,
  'bps-read': limits.readBytesSec ?? 0,
  'bps-write': limits.writeBytesSec ?? 0,
  'iops-total': limits.totalIopsSec ?? 0,
  'iops-read': limits.readIopsSec ?? 0,
  'iops-write': limits.writeIopsSec ?? 0,
  'bps-total-max': limits.totalBytesSecMax ?? 0,
  'bps-read-max': limits.readBytesSecMax ?? 0,
  'bps-write-max': limits.writeBytesSecMax ?? 0,
  'iops-total-max': limits.totalIopsSecMax ?? 0,
  'iops-read-max': limits.readIopsSecMax ?? 0,
  'iops-write-max': limits.writeIopsSecMax ?? 0,
  'iops-size': limits.sizeIopsSec ?? 0,
  'bps-total-max-length': limits.totalBytesSecMaxLength,
  'bps-read-max-length': limits.readBytesSecMaxLength,
  'bps-write-max-length': limits.writeBytesSecMaxLength,
  'iops-total-max-length': limits.totalIopsSecMaxLength,
  'iops-read-max-length': limits.readIopsSecMaxLength,
  'iops-write-max-length': limits.writeIopsSecMaxLength,
});
