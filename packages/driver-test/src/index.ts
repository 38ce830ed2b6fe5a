export { TestConnection } from './connection.js';
export { TestDriver } from './driver.js';
export { default as testPlugin } from './plugin.js';
