import { AwsCredentialsManager } from '@backstage/integration-aws-node';
import { LoggerService } from '@backstage/backend-plugin-api';
import { AccountDirectory } from '../accounts/types';
import { ClosingService } from '../leases';
import { LeaseDependencies } from '../leases/dependencies';
import { AccountCheck } from './AccountCheck';
import { AwsClients } from './aws/AwsClients';
import { BoundaryPolicyClient } from './aws/BoundaryPolicyClient';
import { BoundaryReader } from './aws/BoundaryReader';
import { BoundaryProbe } from './aws/BoundaryProbe';
import { BrokerCredentials } from './aws/BrokerCredentials';
import { ManagedPolicyContent } from './aws/ManagedPolicyContent';
import { StsBroker } from './aws/StsBroker';
import { BoundaryEnforcer } from './BoundaryEnforcer';
import { BoundaryWatch } from './BoundaryWatch';
import { BrokerCheckQueries } from './BrokerCheckQueries';
import { BrokerChecks } from './BrokerChecks';
import { CheckedBroker } from './CheckedBroker';
import { FederationEndpoint } from './ConsoleSignIn';
import { ForeignChanges } from './ForeignChanges';
import { KillService } from './KillService';
import { OutsideKills } from './OutsideKills';
import { SelfCheck } from './SelfCheck';
import { SessionService } from './SessionService';
import { CredentialBroker } from './types';

/** What federation offers to the rooms above. */
export interface Federation {
  sessions: SessionService;
  /** Handles `kill` messages of the outbox. */
  kills: KillService;
  /** Compares boundary policies with the database. */
  boundaryWatch: BoundaryWatch;
  selfCheck: SelfCheck;
  /** Checks the broker in all accounts. */
  brokerChecks: BrokerChecks;
  brokerCheckQueries: BrokerCheckQueries;
  /** Closes connections to AWS. */
  close(): void;
}

/** Puts federation together on AWS. */
export function createFederation(
  deps: LeaseDependencies & {
    logger: LoggerService;
    /** Supplies the broker's own credentials by account. */
    credentials: AwsCredentialsManager;
    directory: AccountDirectory;
    /** Of a module; default: STS, with the broker's own credentials. */
    credentialBroker?: CredentialBroker;
  },
): Federation {
  const { config, clock, logger } = deps;
  const clients = new AwsClients(config.partitions, clock);
  const brokerCredentials = new BrokerCredentials(
    config.partitions,
    deps.credentials,
  );
  const broker = new CheckedBroker({
    broker:
      deps.credentialBroker ??
      new StsBroker({ ...deps, clients, brokerCredentials }),
    clock,
    logger,
  });
  const boundaries = new BoundaryPolicyClient(clients, broker);
  const closing = new ClosingService(deps);
  const outsideKills = new OutsideKills({ ...deps, closing });
  const enforcer = new BoundaryEnforcer({ ...deps, boundaries, outsideKills });
  const foreignChanges = new ForeignChanges(deps);
  const brokerChecks = new BrokerChecks({
    ...deps,
    identities: broker,
    accountCheck: new AccountCheck({
      config,
      broker,
      boundaries: new BoundaryReader(clients),
    }),
  });
  return {
    sessions: new SessionService({
      ...deps,
      broker,
      signIn: new FederationEndpoint(),
    }),
    kills: new KillService({
      ...deps,
      enforcer,
      foreignChanges,
      probe: new BoundaryProbe(clients, broker),
    }),
    boundaryWatch: new BoundaryWatch({ ...deps, enforcer, foreignChanges }),
    selfCheck: new SelfCheck(config, broker, clock),
    brokerChecks,
    brokerCheckQueries: new BrokerCheckQueries(deps, brokerChecks),
    close: () => clients.close(),
  };
}

/** What reads managed policies; below the rest of federation, because leases are resolved with it. */
export function managedPolicies(
  deps: Pick<LeaseDependencies, 'config' | 'clock'> & {
    credentials: AwsCredentialsManager;
  },
): ManagedPolicyContent {
  const { partitions } = deps.config;
  return new ManagedPolicyContent(
    new AwsClients(partitions, deps.clock),
    new BrokerCredentials(partitions, deps.credentials),
  );
}
