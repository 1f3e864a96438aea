/** The page of `muster dev`: an HTML file, its style, and its script, which is bundled when the server starts. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';
import { bundle } from './bundle.ts';

const FOLDER = new URL('./live-room/', import.meta.url);

interface Asset {
  path: string;
  type: string;
  content: string;
}

export async function liveRoomAssets(): Promise<Asset[]> {
  const inFolder = (name: string): string => fileURLToPath(new URL(name, FOLDER));
  const read = (name: string): Promise<string> => readFile(inFolder(name), 'utf8');
  const [html, css, svg, script] = await Promise.all([
    read('live-room.html'),
    read('live-room.css'),
    read('live-room.svg'),
    bundle(inFolder('live-room.ts')),
  ]);
  return [
    { path: '/', type: 'text/html; charset=utf-8', content: html },
    { path: '/live-room.css', type: 'text/css; charset=utf-8', content: css },
    { path: '/live-room.svg', type: 'image/svg+xml', content: svg },
    { path: '/live-room.js', type: 'text/javascript; charset=utf-8', content: script },
  ];
}

export function addLiveRoom(server: FastifyInstance, assets: readonly Asset[]): void {
  for (const { path, type, content } of assets) {
    server.get(path, (request, reply) =>
      reply.headers(safetyHeaders(request.headers.host)).type(type).send(content),
    );
  }
}

/** What a browser is told: to load from here alone, to be framed by nobody, and to tell nobody where it was. */
function safetyHeaders(host: string | undefined): Record<string, string> {
  return {
    'content-security-policy': contentSecurityPolicy(host),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'no-store',
  };
}

/** Not every browser takes the sockets of a page's own host for its own origin, so they are named. */
function contentSecurityPolicy(host = ''): string {
  // What comes from a header must not be able to end a directive and begin another.
  const isPlain = /^[a-z0-9._:[\]-]+$/i.test(host);
  const sockets = isPlain ? ` ws://${host} wss://${host}` : '';
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    `connect-src 'self'${sockets}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
