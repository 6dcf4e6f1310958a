import { ConfigReader } from '@backstage/config';
import { aSection } from '../../testing/section';
import { readBreakGlassConfig } from '../readConfig';

const KEY = 'a-key-that-only-eventbridge-has-1234';

function read(topics: string[] | undefined, unbrokered: object) {
  const section = JSON.parse(JSON.stringify({ ...aSection(), unbrokered }));
  const events = topics && { http: { topics } };
  return () =>
    readBreakGlassConfig(
      new ConfigReader({ breakGlass: section, ...(events && { events }) }),
      { repositoryRoot: '/repository' },
    );
}

describe('addresses of the events backend', () => {
  it.each<[string, string, object]>([
    ['without a key', 'break-glass.cloudtrail', {}],
    ['with a key', 'break-glass.cloudtrail', { ingressKey: KEY }],
    ['of another name', 'seals', { topic: 'seals' }],
  ])(
    'the topic %s is not among those that anybody may post to',
    (_what, topic, unbrokered) => {
      const start = read(['github', topic], unbrokered);
      expect(start).toThrow('breakGlass.unbrokered.ingressKey: guards nothing');
      expect(start).toThrow(`events.http.topics lists ${topic}`);
      expect(start).not.toThrow(KEY);
    },
  );

  it('other topics are no matter of ours', () => {
    expect(read(['github'], { ingressKey: KEY })).not.toThrow();
    expect(read(undefined, { ingressKey: KEY })).not.toThrow();
  });
});
