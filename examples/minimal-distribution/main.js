#!/usr/bin/env node
import { mkdirSync } from 'node:fs';
import { createKernel, directoriesBelow, streamLogger } from '@virtkit/core';
import { Daemon } from '@virtkit/daemon';
import { createHost } from '@virtkit/host';

const directories = directoriesBelow(process.argv[2] ?? '.virtkit-minimal');
const logger = streamLogger({ level: 'warning' });
const plugins = [{ kind: 'distribution', directory: import.meta.dirname }];
const kernel = createKernel({ directories, logger, plugins, host: createHost() });
const path = `${directories.run}/libvirt-sock`;
const daemon = new Daemon({ kernel, logger, sockets: [{ path, role: 'read-write', mode: 0o600 }] });
mkdirSync(directories.run, { recursive: true });
await kernel.start();
await daemon.listen();
console.log(`ready ${path}`);
