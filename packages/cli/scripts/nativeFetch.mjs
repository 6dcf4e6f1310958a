// What `cross-fetch` is on Node 20 and newer: the `fetch` of the platform.
export default globalThis.fetch;
export const { fetch } = globalThis;
