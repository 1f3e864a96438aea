/** The original's side door for its own kits (DI2). */
import { ok } from './core.ts';
import { chatError } from './errors.ts';

/**
 * The original's bits for what it sells apart, of which these are built: communities, members of rooms, marks of
 * conversations, conversation groups, counters.
 */
const BUILT_ABILITIES = [3, 6, 9, 10, 15];
/** That of the original's optional parts that is built. */
const BUILT_MODULE = 'group-module';

export function callExperimentalAPI(name: unknown, options: unknown): unknown {
  switch (name) {
    case 'canIUseModule':
      return options === BUILT_MODULE;
    case 'isCommercialAbilityEnabled':
      return Promise.resolve(ok({ enabled: areBuilt(options) }));
    case 'isFeatureEnabledForStat':
    case 'reportTUIFeatureUsage':
      return Promise.resolve(ok({}));
    default:
      return Promise.reject(chatError('UNKNOWN_EXPERIMENTAL_API', `callExperimentalAPI: no '${name}'`));
  }
}

/** Whether all of them are. The bits go past those of a 32-bit integer, and come as a number or in decimals. */
function areBuilt(abilities: unknown): boolean {
  let rest = Number.parseFloat(String(abilities));
  for (const bit of BUILT_ABILITIES) if (Math.floor(rest / 2 ** bit) % 2 === 1) rest -= 2 ** bit;
  return rest === 0;
}
