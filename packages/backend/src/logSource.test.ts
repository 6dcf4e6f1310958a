import { ConfigReader } from '@backstage/config';
import { logModules } from './logSource';

const withActivity = (activity: object) =>
  logModules(new ConfigReader({ breakGlass: { activity } }));

describe('the module that reads logs', () => {
  it('reads files where nothing is configured', () => {
    expect(withActivity({})).toEqual(['duckdb']);
  });

  it('is the one that is configured', () => {
    expect(withActivity({ duckdb: { path: '/logs' } })).toEqual(['duckdb']);
    expect(withActivity({ cloudtrail: { regions: ['eu-central-1'] } })).toEqual(
      ['cloudtrail'],
    );
  });

  it('steps aside for Athena', () => {
    expect(withActivity({ athena: [{ table: 'trail' }] })).toEqual([]);
  });

  it('is there beside another source that is configured, so that the backend refuses by name', () => {
    const both = { athena: [{ table: 'trail' }], duckdb: { path: '/logs' } };
    expect(withActivity(both)).toEqual(['duckdb']);
  });
});
