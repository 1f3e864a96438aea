/** Who may import whom. Tests, tools, benchmarks and examples may import every package. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  protocol: [],
  domain: ['protocol'],
  storage: ['protocol', 'domain'],
  tencent: ['protocol'],
  server: ['protocol', 'domain', 'storage', 'tencent'],
  chat: ['protocol'],
  console: ['chat'],
  testkit: ['protocol', 'domain', 'storage', 'tencent', 'server', 'chat'],
};

/** A started server hands out logged-in devices, which are those of the SDK. */
const TESTING = 'packages/server/src/testing/';
/** The script of the first page runs in a browser: the server only bundles it. */
const FIRST_PAGE = 'packages/server/src/pages/live-room/';

const SCOPE = '@muster/';

export function mayImport(from: string, to: string, path: string): boolean {
  if (from === to) return true;
  if (to === 'chat' && [TESTING, FIRST_PAGE].some((folder) => path.startsWith(folder))) return true;
  return MAY_IMPORT[from]?.includes(to) ?? false;
}

/** What a package.json may name: what its files may import. */
export function mayDependOn(from: string, to: string): boolean {
  return mayImport(from, to, from === 'server' ? TESTING : '');
}

/** The package or app a file belongs to, if to one. */
export function ownPackage(path: string): string | undefined {
  return /^(?:packages|apps)\/([^/]+)\//.exec(path)?.[1];
}

/** The short name of one of our own packages in an import or a package.json. */
export function packageOf(specifier: string): string | undefined {
  return specifier.startsWith(SCOPE) ? specifier.slice(SCOPE.length).split('/')[0] : undefined;
}
