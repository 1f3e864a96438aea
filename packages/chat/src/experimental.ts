/** The original's side door for its own kits (DI2). */
import { ok } from './core.ts';
import { chatError } from './errors.ts';

/**
 * The original's bits for what it sells apart, of which these are built: communities, members of rooms, marks of
 * conversations, conversation groups, counters.
 */
const BUILT_ABILITIES = [3, 6, 9, 10, 15].reduce((bits, bit) => bits | (1n << BigInt(bit)), 0n);
/** Those of the original's optional parts that are built. */
const BUILT_MODULES = new Set<unknown>(['group-module']);

export function callExperimentalAPI(name: unknown, options: unknown): unknown {
  switch (name) {
    case 'canIUseModule':
      return BUILT_MODULES.has(options);
    case 'isCommercialAbilityEnabled':
      return Promise.resolve(ok({ enabled: areBuilt(options) }));
    case 'isFeatureEnabledForStat':
    case 'reportTUIFeatureUsage':
      return Promise.resolve(ok({}));
    default:
      return Promise.reject(
        chatError('UNKNOWN_EXPERIMENTAL_API', `callExperimentalAPI: '${name}' does not exist`),
      );
  }
}

/** Whether all of them are. The bits go past those of a 32-bit integer, and come as a number or in decimals. */
function areBuilt(abilities: unknown): boolean {
  const digits = String(abilities);
  return /^\d+$/.test(digits) && (BigInt(digits) & ~BUILT_ABILITIES) === 0n;
}
