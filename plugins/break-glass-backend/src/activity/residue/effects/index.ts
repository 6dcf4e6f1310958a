import { plainEventName } from '../../eventName';
import { Call } from '../Call';
import { Effect, EffectOf } from '../effect';
import { boundaries } from './boundaries';
import { code } from './code';
import { credentials } from './credentials';
import { exposure } from './exposure';
import { grants } from './grants';
import { identities } from './identities';
import { network } from './network';
import { resourcePolicies } from './resourcePolicies';
import { rights } from './rights';
import { securityGroups } from './securityGroups';
import { sharing } from './sharing';
import { triggers } from './triggers';
import { unknownGrant } from './unknownGrant';

const all: Map<string, EffectOf[]> = new Map();
for (const effects of [
  identities,
  credentials,
  rights,
  boundaries,
  grants,
  resourcePolicies,
  sharing,
  code,
  triggers,
  network,
  securityGroups,
  exposure,
]) {
  for (const [event, effect] of Object.entries(effects)) {
    all.set(event, [...(all.get(event) ?? []), effect]);
  }
}

/** Everything that a call made and removed; one call can do several things. */
export function effectsOf(call: Call): Effect[] {
  const { service, action } = call.event;
  const event = `${service}:${plainEventName(action)}`;
  return (all.get(event) ?? [unknownGrant]).map(effect => effect(call));
}

/** Events that make or remove something, for the documentation and its test. */
export const residueEvents = [...all.keys()].sort();
