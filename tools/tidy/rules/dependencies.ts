import type { Manifest } from '../repository.ts';
import type { Finding, RepositoryRule } from '../rule.ts';
import type { SourceFile } from '../source-file.ts';
import { mayDependOn, packageOf } from '../walls.ts';

/** Each package.json names exactly what the sources of its package import, in one pinned version everywhere. */
export const dependencies: RepositoryRule = {
  repository({ files, manifests }) {
    return manifests.flatMap((manifest) => {
      const versions = wrongVersions(manifest, manifests);
      if (manifest.folder === '') return versions;
      const sources = files.filter(({ path, isTest }) => path.startsWith(`${manifest.folder}/`) && !isTest);
      return [...versions, ...walls(manifest), ...missing(manifest, sources), ...unused(manifest, sources)];
    });
  },
};

function findingIn({ folder }: Manifest, message: string): Finding {
  return { path: folder === '' ? 'package.json' : `${folder}/package.json`, line: 1, message };
}

function walls(manifest: Manifest): Finding[] {
  const from = manifest.folder.split('/').at(-1) ?? '';
  return Object.keys(manifest.dependencies).flatMap((name) => {
    const to = packageOf(name);
    if (to === undefined || mayDependOn(from, to)) return [];
    return [
      findingIn(manifest, `${from} may not depend on ${name}: see who may import whom in ARCHITECTURE.md`),
    ];
  });
}

function missing(manifest: Manifest, sources: SourceFile[]): Finding[] {
  return sources.flatMap(({ path, imports }) =>
    imports.flatMap(({ specifier, line }) => {
      const name = installedName(specifier);
      if (name === undefined || name === manifest.name || name in namedFor(path, manifest)) return [];
      return [{ path, line, message: `imports ${name}: add it to the dependencies of ${manifest.folder}` }];
    }),
  );
}

/** What builds a package stands beside its src and may stand on what its users do not install. */
function namedFor(path: string, { folder, dependencies, devDependencies }: Manifest): object {
  return path.startsWith(`${folder}/src/`) ? dependencies : { ...dependencies, ...devDependencies };
}

/** The name under which npm installs what an import names; undefined for files and for what Node has itself. */
function installedName(specifier: string): string | undefined {
  if (/^(\.|\/|#|[a-z]+:)/.test(specifier)) return undefined;
  return /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0];
}

/** A package that is not begun yet may already say what it will stand on. */
function unused(manifest: Manifest, sources: SourceFile[]): Finding[] {
  if (sources.length === 0) return [];
  const used = new Set(
    sources.flatMap(({ imports }) => imports.map(({ specifier }) => installedName(specifier))),
  );
  return Object.keys(manifest.dependencies)
    .filter((name) => !used.has(name))
    .map((name) => findingIn(manifest, `names ${name}, which its sources never import: remove it`));
}

function wrongVersions(manifest: Manifest, all: Manifest[]): Finding[] {
  return Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }).flatMap(
    ([name, version]) => {
      const expected = expectedVersion(name, all);
      if (!/^\d/.test(version))
        return [findingIn(manifest, `asks for ${name} ${version}: pin one exact version`)];
      if (version === expected) return [];
      return [findingIn(manifest, `asks for ${name} ${version}, others for ${expected}: agree on one`)];
    },
  );
}

/** A package of ours has its own version; for anything else the first package.json that names it leads. */
function expectedVersion(name: string, all: Manifest[]): string | undefined {
  const own = all.find((manifest) => manifest.name === name);
  if (own !== undefined) return own.version;
  const leader = all.find((manifest) => name in manifest.dependencies || name in manifest.devDependencies);
  return leader?.dependencies[name] ?? leader?.devDependencies[name];
}
