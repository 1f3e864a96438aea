import { defineConfig } from 'vite';

/** On loopback alone, as the server in development gives logins to this machine's pages only. */
export default defineConfig({ server: { host: '127.0.0.1' } });
