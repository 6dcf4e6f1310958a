import { PolicyJson } from './WorldSeed';

/** A policy of these statements. */
export const policy = (
  ...Statement: Record<string, unknown>[]
): PolicyJson => ({
  Version: '2012-10-17',
  Statement,
});

/** A statement that allows actions. */
export const allow = (Action: string[], Resource: string | string[] = '*') => ({
  Effect: 'Allow',
  Action,
  Resource,
});
