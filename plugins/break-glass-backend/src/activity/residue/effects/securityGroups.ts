import { member } from '../../cloudTrailRecord';
import { Call, valuesUnder } from '../Call';
import { Effect, Effects, Made, Path } from '../effect';

const GROUP = 'security-group';
const RULE = 'security-group-rule';
/** Rules of one call at most that are told by the ids in its answer. AWS allows no more to a group. */
const MOST_PAIRED = 1_000;
type Direction = 'ingress' | 'egress';

/** Ways in and out that security groups were given. */
export const securityGroups: Effects = {
  'ec2:AuthorizeSecurityGroupIngress': call => authorized(call, 'ingress'),
  'ec2:AuthorizeSecurityGroupEgress': call => authorized(call, 'egress'),
  'ec2:RevokeSecurityGroupIngress': call => revoked(call, 'ingress'),
  'ec2:RevokeSecurityGroupEgress': call => revoked(call, 'egress'),
  'ec2:ModifySecurityGroupRules': modified,
  'ec2:DeleteSecurityGroup': call => ({ removed: [[GROUP, groupOf(call)]] }),
};

function groupOf(call: Call): string {
  return call.text('groupId') ?? call.text('groupName') ?? 'unknown';
}

/** One item for each source and range of ports, as the request lists them. */
function authorized(call: Call, direction: Direction): Effect {
  const made = withRules(openings(call), call).map(
    ([opening, rule]): Made => ({
      kind: 'network',
      path: pathOf(call, direction, opening),
      alsoAt: rule === undefined ? undefined : [RULE, rule],
      what: `${direction === 'ingress' ? 'Way in' : 'Way out'} ${
        direction === 'ingress' ? 'from' : 'to'
      } ${opening.who}, ${portWords(opening)}, of security group ${groupOf(
        call,
      )}`,
      resource: groupOf(call),
    }),
  );
  return { made };
}

/**
 * Each opening with the id of the rule that it became. The answer tells by its
 * members, not by its order; an opening that fits none or several has no id.
 */
function withRules(
  all: Opening[],
  call: Call,
): Array<[Opening, string | undefined]> {
  const rules = [member(call.response, 'securityGroupRuleSet', 'items') ?? []]
    .flat()
    .slice(0, MOST_PAIRED);
  if (all.length > MOST_PAIRED) {
    return all.map(opening => [opening, undefined]);
  }
  return all.map(opening => {
    const [rule, ...more] = rules.filter(each => isRuleOf(each, opening));
    const isAlone =
      more.length === 0 &&
      all.filter(each => isRuleOf(rule, each)).length === 1;
    const id = member(rule, 'securityGroupRuleId');
    return [opening, isAlone && typeof id === 'string' ? id : undefined];
  });
}

/** Whether nothing in a rule of the answer contradicts the opening. */
function isRuleOf(rule: unknown, opening: Opening): boolean {
  const given = sourcesIn(rule);
  const { protocol, from, to } = portsOf(rule);
  const fits = (one: string, other: string) =>
    one === other || one === 'any' || other === 'any';
  return (
    (given.length === 0 || given.includes(opening.who)) &&
    fits(protocol, opening.protocol) &&
    fits(from, opening.from) &&
    fits(to, opening.to)
  );
}

/** What a rule of the answer is for; its own group is not a source. */
function sourcesIn(rule: unknown): string[] {
  return [
    ...valuesUnder(rule, 'cidrIpv4'),
    ...valuesUnder(rule, 'cidrIpv6'),
    ...valuesUnder(rule, 'prefixListId'),
    ...valuesUnder(member(rule, 'referencedGroupInfo'), 'groupId'),
  ];
}

/** What each rule was before is not in the record: each that was changed is listed. */
function modified(call: Call): Effect {
  const group = groupOf(call);
  const ids = valuesUnder(call.request, 'securityGroupRuleId');
  const sources = sourcesIn(call.request).join(', ') || 'unknown';
  return {
    made: (ids.length > 0 ? ids : [`event ${call.event.eventId}`]).map(id => ({
      kind: 'network',
      path: [GROUP, group, 'rule', id],
      alsoAt: [RULE, id],
      what: `Rule ${id} of security group ${group}, changed to ${sources}`,
      resource: group,
    })),
  };
}

/** By what the request lists, or by the ids of the rules that the answer to opening them gave. */
function revoked(call: Call, direction: Direction): Effect {
  return {
    removed: [
      ...openings(call).map(opening => pathOf(call, direction, opening)),
      ...call.texts('securityGroupRuleId').map(id => [RULE, id]),
    ],
  };
}

interface Opening {
  protocol: string;
  from: string;
  to: string;
  who: string;
}

const SOURCES = ['cidrIp', 'cidrIpv6', 'prefixListId', 'groupId'];

function openings(call: Call): Opening[] {
  const items = call.asked('ipPermissions', 'items');
  const listed =
    Array.isArray(items) && items.length > 0 ? items : [call.request];
  return listed.flatMap(each =>
    sourcesOf(each).map(who => ({ ...portsOf(each), who })),
  );
}

function sourcesOf(permission: unknown): string[] {
  const inside =
    typeof permission === 'object' && permission !== null ? permission : {};
  const { groupId: own, ...rest } = inside as Record<string, unknown>;
  const sources = SOURCES.flatMap(name => valuesUnder(rest, name));
  return own === undefined || sources.length > 0
    ? sources
    : ['a source that the record does not name'];
}

function portsOf(permission: unknown): Omit<Opening, 'who'> {
  const value = (name: string) => {
    const found = (permission as Record<string, unknown> | null)?.[name];
    return typeof found === 'number' || typeof found === 'string'
      ? String(found)
      : 'any';
  };
  return {
    protocol: value('ipProtocol'),
    from: value('fromPort'),
    to: value('toPort'),
  };
}

function pathOf(call: Call, direction: Direction, opening: Opening): Path {
  const { protocol, from, to, who } = opening;
  return [GROUP, groupOf(call), direction, protocol, from, to, who];
}

function portWords({ protocol, from, to }: Opening): string {
  if (protocol === '-1' || protocol === 'any') {
    return 'all traffic';
  }
  return from === to
    ? `${protocol} port ${from}`
    : `${protocol} ports ${from} to ${to}`;
}
