// Gives a Node process that was forked with a channel what Electron gives its utility processes.
import { EventEmitter } from 'node:events';

const port = Object.assign(new EventEmitter(), { postMessage: (data) => process.send(data) });
process.parentPort = port;
process.on('message', (data) => port.emit('message', { data, ports: [] }));
// Chromium ends its utility processes with the program; a lost channel is the nearest thing here.
process.on('disconnect', () => process.exit(1));
