export * from './createRouter';
export * from './openApiDocument';
export * from './permissions/criteriaOf';
export * from './permissions/leaseConditions';
export * from './permissions/leaseResource';
export * from './permissions/leaseRules';
