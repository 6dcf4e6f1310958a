import { profileSummarySchema } from 'backstage-plugin-break-glass-common';
import { aProfile } from '../testing/profiles';
import { profileDocument, profileSummary } from './profileSummary';

describe('profileSummary', () => {
  it('is what the contract says, with variables where they are', async () => {
    const summary = await profileSummary(aProfile());

    expect(profileSummarySchema.parse(summary)).toEqual(summary);
    expect(summary.services[0].resources).toEqual([
      'arn:${partition}:s3:::${bucket}',
    ]);
  });

  it('shows as JSON what goes to AWS, but for the lease’s end', () => {
    expect(JSON.stringify(profileDocument(aProfile()))).toContain(
      '"Resource":"arn:${partition}:s3:::${bucket}"},{"Effect":"Deny","NotAction":["s3:GetBucketPolicy","s3:PutBucketPolicy"],"Resource":"*"},{"Effect":"Deny","Action":["sts:AssumeRole*"',
    );
  });
});
