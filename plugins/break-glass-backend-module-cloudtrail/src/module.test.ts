import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  ActivitySource,
  breakGlassActivityExtensionPoint,
} from 'backstage-plugin-break-glass-node';
import { Scene } from 'backstage-plugin-break-glass-node/testUtils';
import module from '.';

describe('module cloudtrail', () => {
  it('gives the plugin a source for the configured partitions, closed with the backend', async () => {
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
            breakGlass: {
              partitions: { aws: { brokerAccountId: '999988887777' } },
            },
          },
        }),
      ],
    });
    const { signal } = new AbortController();
    const scene = new Scene(0);
    expect(source?.id).toBe('cloudtrail');
    await expect(
      source!.search(scene.query({ partition: 'aws-cn' }), { signal }),
    ).rejects.toThrow('breakGlass.partitions.aws-cn');

    await backend.stop();
    await expect(source!.search(scene.query(), { signal })).rejects.toThrow(
      'shutting down',
    );
  });
});
