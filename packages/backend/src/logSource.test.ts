import { ConfigReader } from '@backstage/config';
import { readsFiles } from './logSource';

const withActivity = (activity: object) =>
  readsFiles(new ConfigReader({ breakGlass: { activity } }));

describe('the module that reads files', () => {
  it('is there where nothing or it is configured', () => {
    expect(withActivity({})).toBe(true);
    expect(withActivity({ duckdb: { path: '/logs' } })).toBe(true);
  });

  it('steps aside for Athena', () => {
    expect(withActivity({ athena: [{ table: 'trail' }] })).toBe(false);
  });

  it('stays where both are configured, so that the backend refuses by name', () => {
    const both = { athena: [{ table: 'trail' }], duckdb: { path: '/logs' } };
    expect(withActivity(both)).toBe(true);
  });
});
