/**
 * OpenID Connect provider of the demo, with a page to pick a person.
 *
 * @packageDocumentation
 */
export { readPeople, type Person } from './people';
export type { ClientRegistration } from './providerConfiguration';
export {
  startIdentityProvider,
  type IdentityProvider,
  type IdentityProviderOptions,
} from './startIdentityProvider';
