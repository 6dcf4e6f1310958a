import { Entity } from '@backstage/catalog-model';
import { evaluateFilterPredicate } from '@backstage/filter-predicates';
import { accountEntityFilter } from './alpha/accountEntityFilter';
import { isBreakGlassAvailable } from './isBreakGlassAvailable';

const entity = (
  kind: string,
  type: string,
  annotations?: Record<string, string>,
): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind,
  metadata: { name: 'payroll', annotations },
  spec: { type },
});

const OURS = { 'amazonaws.com/account-id': '111122223333' };
const OTHER = { 'amazon.com/account-id': '111122223333' };

describe.each([
  ['isBreakGlassAvailable', isBreakGlassAvailable],
  [
    'the filter of the new frontend system',
    (of: Entity) => evaluateFilterPredicate(accountEntityFilter, of),
  ],
])('%s', (_, available) => {
  it.each([
    ['cloud-account', OURS],
    ['aws-account', OTHER],
    ['aws-account', OURS],
    ['cloud-account', OTHER],
  ])('shows the tab on a resource of type %s with %j', (type, annotations) => {
    expect(available(entity('Resource', type, annotations))).toBe(true);
  });

  it.each([
    ['Component', 'cloud-account', OURS],
    ['Resource', 's3-bucket', OURS],
    ['Resource', 'cloud-account', { 'backstage.io/techdocs-ref': 'dir:.' }],
    ['Resource', 'cloud-account', undefined],
  ])('does not show it on %s of type %s with %j', (kind, type, annotations) => {
    expect(available(entity(kind, type, annotations))).toBe(false);
  });
});
