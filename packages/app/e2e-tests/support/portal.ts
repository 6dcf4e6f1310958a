/** Where the global set-up started the portal and its surroundings for this run. */
export const portal = {
  page: required('E2E_PAGE_URL'),
  backend: required('E2E_BACKEND_URL'),
  sandbox: required('E2E_SANDBOX_URL'),
  /** Databases, logs and CloudTrail files of this run. */
  dataDirectory: required('E2E_DATA_DIRECTORY'),
};

function required(name: string): string {
  const value = process.env[name];
  if (!value) {
    throw new Error(`${name} is not set; run the tests with "playwright test"`);
  }
  return value;
}
