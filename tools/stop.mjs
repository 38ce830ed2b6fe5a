// `npm stop`: ends the demo guest and the private daemon of `npm start`.
import { stopDaemon, virtkit } from './demo.mjs';

const destroyed = virtkit('destroy', 'demo');
if (destroyed.status === 0) process.stdout.write(destroyed.stdout);
process.stdout.write((await stopDaemon()) ? 'virtkitd ended\n' : 'no daemon was running\n');
