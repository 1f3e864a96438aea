/** Who asked, how and when: the server. */
export { type Config, OPTIONS, toConfig } from './config.ts';
export { createLog } from './observability/log.ts';
export { type RunningServer, type ServerOptions, startServer } from './server.ts';
