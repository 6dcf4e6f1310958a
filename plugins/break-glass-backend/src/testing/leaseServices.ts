// Used by tests only, though not one itself.
/* eslint-disable @backstage/no-undeclared-imports */
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { ConfigReader } from '@backstage/config';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { Clock } from 'backstage-plugin-break-glass-node';
import { join } from 'path';
import {
  CatalogAccountDirectory,
  CatalogPeople,
  CatalogReader,
} from '../accounts';
import { PolicyProofs } from '../approvals';
import { AuditLog, AuditSpool } from '../audit';
import { readBreakGlassConfig } from '../config';
import { Database } from '../database/types';
import { ulids } from '../ids';
import {
  AutomaticApproval,
  ClosingService,
  DecisionService,
  LeaseDependencies,
  LeaseResolver,
  RequestService,
  TicketChecks,
} from '../leases';
import { demoConfig } from './demoConfig';
import { demoEntities, repositoryRoot } from './demoEntities';

/** The lease services on a database, with the demo's configuration and people; no AWS, no HTTP. */
export function leaseServices(options: {
  database: Database;
  clock: Clock;
  /** Folder for the spool. */
  folder: string;
  entities?: Entity[];
}) {
  const { database, clock } = options;
  const { app, breakGlass } = demoConfig();
  const config = readBreakGlassConfig(new ConfigReader({ app, breakGlass }), {
    repositoryRoot,
  });
  const reader = new CatalogReader(
    catalogServiceMock({ entities: options.entities ?? demoEntities() }),
    async () => mockCredentials.service(),
  );
  const audit = new AuditLog({
    database,
    clock,
    logger: mockServices.rootLogger({ level: 'none' }),
    spool: new AuditSpool({
      file: join(options.folder, 'spool.jsonl'),
      database,
    }),
  });
  const people = new CatalogPeople(reader, config);
  const directory = new CatalogAccountDirectory(reader, config);
  const deps: LeaseDependencies = {
    config,
    database,
    audit,
    clock,
    ids: ulids(clock),
    people,
    proofs: new PolicyProofs({
      config,
      people,
      directory,
      clock,
      logger: mockServices.rootLogger({ level: 'none' }),
      usable: () => true,
    }),
    resolver: new LeaseResolver(
      config,
      directory,
      {
        sha256: async () => {
          throw new Error('No profile of the demo names a managed policy');
        },
      },
      clock,
    ),
    tickets: new TicketChecks([], clock),
    wake: () => {},
  };
  const closing = new ClosingService(deps);
  return {
    deps,
    requests: new RequestService(
      deps,
      closing,
      new AutomaticApproval(deps, []),
    ),
    decisions: new DecisionService(deps),
    closing,
  };
}
