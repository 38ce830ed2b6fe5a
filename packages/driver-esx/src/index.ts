export { type EsxConnection, esxDriver } from './driver.js';
export { escapeDatastoreItem, type DatastorePath, parseDatastorePath } from './vim/datastore-path.js';
export { secondsOf } from './vim/date-time.js';
export { fromWindows1252 } from './vim/windows1252.js';
export { productVersion, type VmwareProduct } from './product-version.js';
