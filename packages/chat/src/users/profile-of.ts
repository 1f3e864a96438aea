import type { Profile as WireProfile } from '@muster/protocol';
import { copyOf } from '../copy-of.ts';
import type { Profile } from '../types/users.ts';

/** A profile as an app gets it: a copy, which it may change (DI5). */
export function profileOf(profile: WireProfile): Profile {
  return copyOf(profile) as Profile;
}
