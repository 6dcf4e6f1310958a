export * from './types';
export * from './humans';
export * from './principals';
export { CatalogReader } from './CatalogReader';
export type { Catalog } from './CatalogReader';
export { CatalogAccountDirectory } from './CatalogAccountDirectory';
export { CatalogPeople } from './CatalogPeople';
export { isTrusted } from './trustedOrigin';
export { LoggedAccountDirectory } from './LoggedAccountDirectory';
