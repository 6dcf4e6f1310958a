import alpha, { breakGlassTranslationRef } from './alpha';
import * as legacy from './index';

describe('what a portal installs', () => {
  it('has a plugin for the new frontend system', () => {
    expect(alpha.pluginId).toBe('break-glass');
    for (const id of [
      'api:break-glass',
      'page:break-glass',
      'entity-content:break-glass',
      'entity-card:break-glass',
    ]) {
      expect(alpha.getExtension(id as any)).toBeDefined();
    }
    expect(Object.keys(alpha.routes)).toEqual(['root', 'lease', 'unbrokered']);
    expect(breakGlassTranslationRef.id).toBe('plugin.break-glass');
  });

  it('has a plugin, page, tab and card for the legacy frontend system', () => {
    expect(legacy.breakGlassPlugin.getId()).toBe('break-glass');
    expect(legacy.BreakGlassPage).toBeDefined();
    expect(legacy.EntityBreakGlassContent).toBeDefined();
    expect(legacy.EntityBreakGlassCard).toBeDefined();
    expect(legacy.isBreakGlassAvailable).toBeInstanceOf(Function);
    expect([...legacy.breakGlassPlugin.getApis()].map(f => f.api.id)).toEqual([
      legacy.breakGlassApiRef.id,
    ]);
  });
});
