import { matching } from '@virtkit/xml';

/** A path the schema wants absolute; libvirt itself reads any. */
export const absolutePath = matching(/^(?:\/|[a-zA-Z]:\\).+$/);
export const absoluteFolder = matching(/^\/.*$/);
/** A file, or a place in a datastore: `[datastore] folder/disk.vmdk`. */
export const imageFile = matching(/^(?:(?:\/|[a-zA-Z]:\\).+|\[[^\]]+\] .+)$/);
/** A block device by path or by the name its hypervisor has for it. */
export const blockDevice = matching(/^(?:(?:\/|[a-zA-Z]:\\).+|[a-zA-Z0-9_.\-\\:/]+)$/);
