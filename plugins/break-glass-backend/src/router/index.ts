export * from './createRouter';
export * from './openApiDocument';
export * from './permissions/leaseResource';
export * from './permissions/leaseRules';
