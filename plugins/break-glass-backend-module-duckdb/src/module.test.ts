import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  ActivitySource,
  breakGlassActivityExtensionPoint,
} from 'backstage-plugin-break-glass-node';
import module from '.';
import { aQuery, aRecord, TrailFolder } from './testing';

describe('module duckdb', () => {
  it('gives the plugin a source over the configured folder, closed with the backend', async () => {
    const trail = new TrailFolder();
    trail.deliver([aRecord(aQuery().sessionName, { eventID: 'mine' })]);
    let source: ActivitySource | undefined;
    const backend = await startTestBackend({
      extensionPoints: [
        [
          breakGlassActivityExtensionPoint,
          {
            setActivitySource: given => {
              source = given;
            },
          },
        ],
      ],
      features: [
        module,
        mockServices.rootConfig.factory({
          data: {
            breakGlass: { activity: { duckdb: { path: trail.root } } },
          },
        }),
      ],
    });
    const signal = new AbortController().signal;
    const { records } = await source!.search(aQuery(), { signal });
    expect(records).toMatchObject([{ eventID: 'mine' }]);

    await backend.stop();
    await expect(source!.search(aQuery(), { signal })).rejects.toThrow(
      'shutting down',
    );
    trail.remove();
  });
});
