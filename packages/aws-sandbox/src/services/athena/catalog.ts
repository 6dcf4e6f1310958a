import { AwsError } from '../../AwsError';
import { CATALOG } from '../../athena/Athena';
import { AthenaTable } from '../../athena/AthenaTable';
import { recordedInput } from '../input';
import { Call, Demand, Operation } from '../Operation';
import {
  findWorkGroup,
  neededText,
  onWorkGroup,
  workGroupName,
} from './athenaInput';

function notFound(what: string): AwsError {
  return new AwsError(
    'MetadataException',
    `EntityNotFoundException: ${what} not found.`,
  );
}

const databaseName = (call: Call, key = 'DatabaseName') =>
  neededText(call.input, key, { min: 1, max: 128 });

function onCatalog(call: Call, action: string, glue: Demand[]): Demand[] {
  const { caller, region } = call;
  const catalog = neededText(call.input, 'CatalogName', { min: 1, max: 256 });
  return [
    {
      action: `athena:${action}`,
      resource: `arn:${caller.partition}:athena:${region}:${caller.accountId}:datacatalog/${catalog}`,
    },
    ...glue,
  ];
}

function inGlue(call: Call, action: string, resource: string): Demand {
  const { caller, region } = call;
  return {
    action: `glue:${action}`,
    resource: `arn:${caller.partition}:glue:${region}:${caller.accountId}:${resource}`,
  };
}

function tablesOf(call: Call, database: string) {
  const { caller, region, facilities } = call;
  if (call.input.CatalogName !== CATALOG) {
    throw notFound(`Catalog ${call.input.CatalogName}`);
  }
  const { athena } = facilities;
  const tables = athena.database(caller.accountId, region, database);
  if (!tables) throw notFound(`Database ${database}`);
  return tables;
}

function described(call: Call, table: AthenaTable) {
  const { accounts } = call.facilities.athena.coverage();
  const partition = call.caller.account.partition;
  const own = accounts.filter(
    id => call.world.account(id).partition === partition,
  );
  return table.describe({ accounts: own });
}

const getTableMetadata: Operation = {
  readOnly: true,
  demands: call => {
    const name = neededText(call.input, 'TableName', { min: 1, max: 128 });
    const resource = `table/${databaseName(call)}/${name}`;
    return onCatalog(call, 'GetTableMetadata', [
      inGlue(call, 'GetTable', resource),
    ]);
  },
  run: call => {
    const name = neededText(call.input, 'TableName');
    const table = tablesOf(call, databaseName(call)).get(name.toLowerCase());
    if (!table) throw notFound(`Table ${name}`);
    return { output: { TableMetadata: described(call, table) } };
  },
  requestParameters: call => recordedInput(call.input),
};

const listTableMetadata: Operation = {
  readOnly: true,
  demands: call =>
    onCatalog(call, 'ListTableMetadata', [
      inGlue(call, 'GetTables', `database/${databaseName(call)}`),
    ]),
  run: call => ({
    output: {
      TableMetadataList: [...tablesOf(call, databaseName(call)).values()].map(
        table => described(call, table),
      ),
    },
  }),
  requestParameters: call => recordedInput(call.input),
};

const getDatabase: Operation = {
  readOnly: true,
  demands: call =>
    onCatalog(call, 'GetDatabase', [
      inGlue(call, 'GetDatabase', `database/${databaseName(call)}`),
    ]),
  run: call => {
    const name = databaseName(call);
    tablesOf(call, name);
    return { output: { Database: { Name: name } } };
  },
  requestParameters: call => recordedInput(call.input),
};

const getWorkGroup: Operation = {
  readOnly: true,
  demands: call => [onWorkGroup(call, 'GetWorkGroup', workGroupName(call))],
  run: call => {
    const found = findWorkGroup(call, workGroupName(call));
    return {
      output: {
        WorkGroup: {
          Name: found.name,
          State: found.disabled ? 'DISABLED' : 'ENABLED',
          Configuration: {
            ResultConfiguration: { OutputLocation: found.outputLocation },
            EnforceWorkGroupConfiguration: found.enforceConfiguration ?? true,
            PublishCloudWatchMetricsEnabled: true,
            BytesScannedCutoffPerQuery: found.bytesScannedCutoffPerQuery,
            RequesterPaysEnabled: false,
            EngineVersion: {
              SelectedEngineVersion: 'AUTO',
              EffectiveEngineVersion: 'Athena engine version 3',
            },
          },
        },
      },
    };
  },
  requestParameters: call => recordedInput(call.input),
};

/** The operations on workgroups, databases and tables. */
export const catalogOperations: Record<string, Operation> = {
  GetDatabase: getDatabase,
  GetTableMetadata: getTableMetadata,
  GetWorkGroup: getWorkGroup,
  ListTableMetadata: listTableMetadata,
};
