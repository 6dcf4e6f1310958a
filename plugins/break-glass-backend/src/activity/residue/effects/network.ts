import { Call } from '../Call';
import { Effect, Effects, Path, pairs } from '../effect';

/** Ways in that were opened. */
export const network: Effects = {
  ...pairs([
    {
      kind: 'network',
      type: 'route',
      makes: ['ec2:CreateRoute', 'ec2:ReplaceRoute'],
      removes: ['ec2:DeleteRoute'],
      by: ['routeTableId', destinationOf],
      what: ([table], call) =>
        `Route to ${
          destinationOf(call) ?? 'elsewhere'
        } in route table ${table}`,
    },
    {
      kind: 'network',
      type: 'route',
      makes: [],
      removes: ['ec2:DeleteRouteTable'],
      by: ['routeTableId'],
      what: ([table]) => `Route table ${table}`,
    },
    {
      kind: 'network',
      type: 'internet-gateway',
      makes: ['ec2:AttachInternetGateway'],
      removes: ['ec2:DetachInternetGateway'],
      by: ['internetGatewayId', 'vpcId'],
      what: ([gateway, vpc]) => `Internet gateway ${gateway} of network ${vpc}`,
    },
    {
      kind: 'network',
      type: 'peering',
      makes: [
        'ec2:CreateVpcPeeringConnection',
        'ec2:AcceptVpcPeeringConnection',
      ],
      removes: ['ec2:DeleteVpcPeeringConnection'],
      by: ['vpcPeeringConnectionId'],
      what: ([id]) => `Peering ${id} with another network`,
    },
    {
      kind: 'network',
      type: 'mirror',
      makes: ['ec2:CreateTrafficMirrorSession'],
      removes: ['ec2:DeleteTrafficMirrorSession'],
      by: ['trafficMirrorSessionId'],
      what: ([id]) => `Copy ${id} of a network interface’s traffic`,
    },
    {
      kind: 'network',
      type: 'vpn',
      makes: ['ec2:CreateVpnConnection', 'ec2:CreateClientVpnEndpoint'],
      removes: ['ec2:DeleteVpnConnection'],
      by: ['vpnConnectionId'],
      what: ([id]) => `VPN ${id}`,
    },
  ]),
  'ec2:ModifyVpcEndpointServicePermissions': endpointPermissions,
  'ec2:CreateNetworkAclEntry': aclEntry,
  'ec2:ReplaceNetworkAclEntry': aclEntry,
  'ec2:DeleteNetworkAclEntry': call => ({ removed: [aclPath(call)] }),
};

/** Who was added to those who may connect. What is taken away later may be others: it removes nothing. */
function endpointPermissions(call: Call): Effect {
  if (!/"addAllowedPrincipals"/i.test(JSON.stringify(call.request ?? null))) {
    return {};
  }
  const service = call.text('serviceId') ?? 'without a name in the record';
  return {
    made: [
      {
        kind: 'share',
        path: ['endpoint-service', service, call.event.eventId],
        what: `Access of others to endpoint service ${service}`,
        resource: service,
      },
    ],
  };
}

function destinationOf(call: Call): string | undefined {
  return (
    call.text('destinationCidrBlock') ??
    call.text('destinationIpv6CidrBlock') ??
    call.text('destinationPrefixListId')
  );
}

function aclEntry(call: Call): Effect {
  const path = aclPath(call);
  if (call.text('ruleAction') !== 'allow') {
    return { removed: [path] };
  }
  return {
    removed: [path],
    made: [
      {
        kind: 'network',
        path: [
          ...path,
          call.text('cidrBlock') ?? call.text('ipv6CidrBlock') ?? 'anywhere',
        ],
        what: `Entry ${path[2]} of network access list ${
          path[1]
        }, which allows ${
          call.text('cidrBlock') ?? call.text('ipv6CidrBlock') ?? 'anywhere'
        }`,
        resource: path[1],
      },
    ],
  };
}

function aclPath(call: Call): Path {
  return [
    'network-acl',
    call.text('networkAclId') ?? 'unknown',
    call.text('ruleNumber') ?? 'unknown',
    String(call.asked('egress') === true),
  ];
}
